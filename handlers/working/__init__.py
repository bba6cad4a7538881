"""领题与整改: claiming, measures, reports, extensions, submitting."""
