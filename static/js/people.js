// Only what the chosen role is granted for is asked; without this, every field says for whom it is.
const form = document.querySelector("[data-roles]");

function showFieldsOfRole() {
  const role = form.querySelector("input[name=role]:checked")?.value;
  for (const part of form.querySelectorAll("[data-for-roles]")) {
    part.hidden = role !== undefined && !part.dataset.forRoles.split(" ").includes(role);
  }
}

form.addEventListener("change", showFieldsOfRole);
showFieldsOfRole();
