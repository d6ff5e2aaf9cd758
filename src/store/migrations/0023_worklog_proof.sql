-- Issues, projects and people are never deleted, so all that these constraints did was to look up
-- three rows for each worklog written: a third of what taking in worklogs cost. Whoever writes
-- worklogs proves the same once for all its rows: src/store/worklog-references.ts.
alter table worklog
  drop constraint worklog_site_id_issue_id_fkey,
  drop constraint worklog_site_id_project_id_fkey,
  drop constraint worklog_site_id_author_id_fkey;

-- Most worklogs carry no attributes, and an empty set of them is an entry of its own in this index.
drop index worklog_attributes;
create index worklog_attributes on worklog using gin (attributes jsonb_path_ops)
  where deleted_at is null and attributes <> '{}'::jsonb;
