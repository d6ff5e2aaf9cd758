-- A week looks for what Jira changed of its locked days: few rows, among all that ever were.
create index worklog_drift_open on worklog_drift (site_id, person_id, day)
  where settled_at is null;
