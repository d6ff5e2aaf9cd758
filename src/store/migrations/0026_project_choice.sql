-- Which projects of a Jira are held: a list of {"id", "key"}, or null for all of them.
alter table jira_link add column projects jsonb;

-- Issues whose worklogs are left out, as they lie in a project that is not chosen.
alter table sync_issue add column is_outside boolean not null default false;
create index sync_issue_outside on sync_issue (site_id, connection_id, jira_id) where is_outside;

alter table worklog drop constraint worklog_deleted_reason_check;
alter table worklog add constraint worklog_deleted_reason_check check (deleted_reason in
  ('not-visible', 'missing', 'no-access', 'issue-deleted', 'not-chosen'));
