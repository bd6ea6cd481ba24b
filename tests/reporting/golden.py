"""The facts of the 2011 sheet of MDGF-2097 in printing order: what every PDF must say, in each language.

Read field by field from the sheet itself. A fact is ``(field, Spanish, English)``; figures and names are the same
in both. The sheet's long narrative is retold, so of it only its names and figures are listed.
"""

HEAD = [
    ("document", "Ficha de estado", "Status sheet"),
    ("country", "Panamá", "Panama"),
    ("thematic_window", "Sector Privado y Desarrollo", "Private Sector and Development"),
    (
        "title",
        "Red de Oportunidades Empresariales para Familias Pobres",
        "Entrepreneurial Opportunities Network for Poor Families",
    ),
    ("status", "Retrasado", "Delayed"),
    ("budget_total", "8,000,000", "8,000,000"),
    ("transferred", "5,123,115", "5,123,115"),
    ("persons_direct", "787", "787"),
    ("institutions_direct", "83", "83"),
]

IDENTITY = [
    ("programme_code", "MDGF-2097", "MDGF-2097"),
    ("registry_code", "MDGF-2097-D-PAN", "MDGF-2097-D-PAN"),
    ("start_date", "Inicio Diciembre 18, 2009", "Start December 18, 2009"),
    ("end_date", "Fin Diciembre 18, 2012", "End December 18, 2012"),
    ("extension_date", "Extensión Junio 18, 2011", "Extension June 18, 2011"),
    ("coordinator", "Coordinación vacío", "Coordinator blank"),
    ("rco_contact", "OCR Katherine Mcaleer", "RCO Katherine Mcaleer"),
    ("government_entities.0", "Ministerio de Desarrollo Agropecuario", "Ministry of Agricultural Development"),
    ("government_entities.1", "Autoridad del Turismo de Panamá", "Tourism Authority of Panama"),
    ("government_entities.2", "Ministerio Comercio e Industrias", "Ministry of Commerce and Industries"),
    (
        "government_entities.3",
        "Autoridad de la Pequeña y Mediana Empresa",
        "Authority for Small and Medium-sized Enterprises",
    ),
    ("government_entities.4", "Ministerio de Economía y Finanzas", "Ministry of Economy and Finance"),
]

BUDGET = [
    ("budget.heading", "Presupuesto por agencia", "Budget by agency"),
    ("budget_by_agency.UNWTO", "OMT 802,500", "UNWTO 802,500"),
    ("budget_by_agency.FAO", "FAO 1,839,500", "FAO 1,839,500"),
    ("budget_by_agency.UNIDO", "ONUDI 2,067,168", "UNIDO 2,067,168"),
    ("budget_by_agency.UNCTAD", "UNCTAD 797,732", "UNCTAD 797,732"),
    ("budget_by_agency.UNDP", "PNUD 2,439,100", "UNDP 2,439,100"),
    ("budget.sum", "Suma 7,946,000", "Sum 7,946,000"),
    ("budget.stated", "8,000,000", "8,000,000"),
    ("disbursements.heading", "Desembolsos", "Disbursements"),
    ("disbursements.1", "1 Diciembre 18, 2009 2,033,649", "1 December 18, 2009 2,033,649"),
    ("disbursements.2", "2 Mayo 26, 2011 3,089,466", "2 May 26, 2011 3,089,466"),
    ("disbursements.3", "3 sin fecha pendiente", "3 no date pending"),
    ("disbursements.sum", "Transferido 5,123,115", "Transferred 5,123,115"),
    (
        "note.extension",
        "La extensión es anterior al fin; se imprime lo declarado.",
        "The extension falls before the end; printed as stated.",
    ),
    (
        "note.gap",
        "El total y la suma difieren en USD 54,000; se imprimen ambos.",
        "Total and sum differ by USD 54,000; both are printed.",
    ),
]

TEXTS = [
    ("summary", "Resumen", "Summary"),
    ("summary.red", "Red de Oportunidades", "Red de Oportunidades"),
    ("summary.impulso", "Impulso Panamá", "Impulso Panamá"),
    (
        "results.1",
        "R1 Procesos locales de desarrollo de micro-emprendimientos más eficientes y eficaces, basados en la "
        "participación del sector privado en asociaciones con el sector público.",
        "R1 More efficient and effective local processes for developing micro-enterprises",
    ),
    (
        "results.2",
        "R2 Mejor acceso a los recursos productivos y servicios de apoyo de calidad a los micro-emprendedores.",
        "R2 Better access to productive resources and to quality support services",
    ),
    (
        "results.3",
        "R3 Reducción de los riesgos y costos inherentes en las actividades de micro-finanzas.",
        "R3 Lower risks and costs inherent in microfinance activities.",
    ),
    (
        "results.4",
        "R4 Población objetivo con capacidades fortalecidas ha identificado y desarrollado micro-emprendimientos "
        "sostenibles para mejorar su condición de vida.",
        "R4 The target population, its capacities strengthened, has identified and developed sustainable",
    ),
    ("regions.active", "Coclé, Herrera y Veraguas, activas", "Coclé, Herrera and Veraguas, active"),
    ("regions.deferred", "Chiriquí, aplazada", "Chiriquí, deferred"),
    ("mdg_links", "ODM, meta 1.B", "MDG target 1.B"),
]

BENEFICIARIES = [
    ("beneficiaries", "Beneficiarios a la fecha", "Beneficiaries to date"),
    ("beneficiaries.institutions", "Instituciones 83 nd", "Institutions 83 nd"),
    ("beneficiaries.women", "Mujeres 518 1,242", "Women 518 1,242"),
    ("beneficiaries.men", "Hombres 269 948", "Men 269 948"),
    ("beneficiaries.ethnic_groups", "Grupos étnicos 0 0", "Ethnic groups 0 0"),
    ("beneficiaries.persons", "Personas 787 2,190", "Persons 787 2,190"),
    ("beneficiaries.women_share", "65.8 % / 56.7 %", "65.8 % / 56.7 %"),
    ("beneficiaries.nd", "nd se preguntó y no hay dato; no es cero.", "nd asked, no data; it is not zero."),
    ("beneficiaries.counted_to", "Octubre 31, 2011", "October 31, 2011"),
]

JUDGEMENT = [
    ("status.word", "Retrasado · valorado: Octubre 31, 2011", "Delayed · assessed on October 31, 2011"),
    ("status.reformulated", "abril de 2011", "April 2011"),
    ("status.stopped", "julio de 2011", "July 2011"),
    ("status.resumed", "agosto", "August"),
    ("status.areas", "Coclé, Veraguas y Herrera", "Coclé, Veraguas and Herrera"),
    (
        "gender.heading",
        "Valoración sobre la inclusión de la perspectiva de género en el PC y sus herramientas de gestión",
        "Assessment of how the gender perspective is included in the JP and its management tools",
    ),
    ("achievements", "Principales logros", "Main achievements"),
    (
        "achievements.R1",
        "R1 Procesos locales de desarrollo de micro-emprendimientos más eficientes y eficaces",
        "R1 More efficient and effective local processes for developing micro-enterprises",
    ),
    ("achievements.R1.0", "sombrero pintado", "sombrero pintado"),
    ("achievements.R1.2", "FINDEC", "FINDEC"),
    ("achievements.R1.2.amuve", "AMUVE", "AMUVE"),
    ("achievements.R1.2.opc", "Organización Panameña de Crédito", "Organización Panameña de Crédito"),
    ("achievements.R1.2.demuca", "Fundación DEMUCA", "Fundación DEMUCA"),
    ("achievements.R1.2.cegel", "CEGEL", "CEGEL"),
    (
        "achievements.R2",
        "R2 Mejor acceso a los recursos productivos y servicios",
        "R2 Better access to productive resources and services",
    ),
    ("achievements.R2.0", "AMPYME-REDNOMIPEM", "AMPYME-REDNOMIPEM"),
    (
        "achievements.R3",
        "R3 Reducción de los riesgos y costos No avances sustantivos",
        "R3 Lower risks and costs No substantive progress",
    ),
    (
        "achievements.R4",
        "R4 Población objetivo con capacidades fortalecidas",
        "R4 Target population with strengthened capacities",
    ),
    ("achievements.R4.0", "3 de las 4 provincias", "3 of the 4 target provinces"),
    (
        "achievements.R4.2",
        "Programa de Capacitación en Buenas Prácticas en Turismo Rural",
        "Training Programme in Good Practices in Rural Tourism",
    ),
]

OBSERVATIONS = [
    ("observations", "Observaciones", "Observations"),
    ("paris_declaration", "Declaración de París", "Paris Declaration"),
    (
        "paris_declaration.0",
        "Liderazgo de la/s institución/es nacional/local",
        "Leadership of national and local institutions",
    ),
    ("paris_declaration.0.ampyme", "AMPYME", "AMPYME"),
    (
        "paris_declaration.1",
        "Involucramiento de la sociedad civil y ciudadanía",
        "Involvement of civil society and citizens",
    ),
    ("paris_declaration.1.since", "febrero de 2011", "February 2011"),
    ("paris_declaration.2", "Armonización y alineamiento", "Harmonisation and alignment"),
    (
        "paris_declaration.2.dgan",
        "Dirección General de Artesanías Nacionales (DGAN)",
        "Directorate General of National Handicrafts (DGAN)",
    ),
    ("paris_declaration.2.balboas", "618,000 balboas", "618,000 balboas"),
    (
        "paris_declaration.3",
        "Elementos innovadores en rendición de cuentas vacío",
        "Innovative elements in accountability blank",
    ),
    ("delivering_as_one", "Unidos en la Acción", "Delivering as One"),
    (
        "delivering_as_one.0",
        "Elementos innovadores en armonización de procedimientos y de gestión",
        "Innovative elements in the harmonisation of procedures and management",
    ),
    ("delivering_as_one.0.fund", "5 agencias", "5 agencies"),
    ("delivering_as_one.1", "Rol de la OCR y sinergias con otros PCs", "Role of the RCO and synergies with other JPs"),
    ("delivering_as_one.2", "Coordinación interagencial", "Inter-agency coordination"),
    (
        "sustainability.heading",
        "Sostenibilidad (acciones concretas y estrategias de asociación)",
        "Sustainability (concrete actions and partnership strategies)",
    ),
    ("sustainability", "Plan de sostenibilidad: no", "Sustainability plan: no"),
    ("scalability", "Escalabilidad e innovación", "Scalability and innovation"),
    ("scalability.atp", "ATP", "ATP"),
    (
        "external_factors",
        "Factores externos / acciones de mitigación vacío",
        "External factors / mitigation measures blank",
    ),
    ("communication.heading", "Comunicación e incidencia", "Communication and advocacy"),
    ("communication", "Plan C&I: no", "C&A plan: no"),
    ("monitoring_evaluation", "Seguimiento y Evaluación", "Monitoring and Evaluation"),
    ("monitoring_evaluation.mission", "febrero de 2011", "February 2011"),
    ("secretariat_missions", "Misiones del Secretariado", "Secretariat missions"),
    (
        "secretariat_missions.dates",
        "Febrero 2009, Marzo 2010, Febrero 2011",
        "February 2009, March 2010, February 2011",
    ),
    (
        "secretariat_missions.members",
        "Jose Antonio Gonzalez y Regina Gallego",
        "Jose Antonio Gonzalez and Regina Gallego",
    ),
    ("midterm_evaluation", "Evaluación de medio término", "Mid-term evaluation"),
    ("midterm_evaluation.evaluator", "Alejandro Raush", "Alejandro Raush"),
    ("midterm_evaluation.period", "por confirmar", "to be confirmed"),
    ("midterm_evaluation.report_link", "sin enlace", "no link"),
]

FACTS = [*HEAD, *IDENTITY, *BUDGET, *TEXTS, *BENEFICIARIES, *JUDGEMENT, *OBSERVATIONS]
