"""The Secretariat's missions and who took part in them."""

from programmes.actions.arranging import arrange, replace
from programmes.actions.writing import writing
from programmes.models import MissionMember


def arrange_all(*, programme, missions, members, members_of_unknown_mission, by, reason=""):
    """Write all missions; ``members`` holds the names of each, in the same order."""
    with writing(programme, by, reason):
        for mission in missions:
            mission.programme = programme
        replace(programme.missions.all(), missions)
        for mission, names in zip(missions, members, strict=True):
            _set_members(programme, mission, names)
        _set_members(programme, None, members_of_unknown_mission)


def _set_members(programme, mission, names):
    """A name that was there stays the same row; only order and new names are written."""
    stored = programme.mission_members.filter(mission=mission)
    known = {member.name: member for member in stored}
    wanted = []
    for name in dict.fromkeys(names):
        old = known.get(name)
        wanted.append(MissionMember(pk=old.pk if old else None, programme=programme, mission=mission, name=name))
    arrange(stored, wanted)
