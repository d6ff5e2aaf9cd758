-- Worklogs in the order foreign clients page them, by when they changed, and by what they carry.

create index worklog_start on worklog (site_id, day, start_time, id) where deleted_at is null;
create index worklog_updated on worklog (site_id, updated_at, id) where deleted_at is null;
create index worklog_deleted on worklog (site_id, deleted_at, id) where deleted_at is not null;
create index worklog_attributes on worklog using gin (attributes jsonb_path_ops)
  where deleted_at is null;
