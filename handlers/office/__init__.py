"""The office and the administrator: invitations, the roster, stand-ins, groups, imports."""
