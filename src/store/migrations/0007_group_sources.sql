-- Who says that somebody is in a group: a Jira, or an administrator here (connection 0). Each source
-- takes back its own word only; somebody is a member as long as one of them says so.
alter table group_member add column connection_id integer not null default 0;
alter table group_member drop constraint group_member_pkey;
alter table group_member add primary key (site_id, group_id, person_id, connection_id);
alter table group_member add foreign key (site_id, connection_id)
  references connection (site_id, id);
create index group_member_connection on group_member (site_id, connection_id, group_id);

-- People of a Jira got their groups from it: its next reading confirms that or ends it.
insert into group_member (site_id, group_id, person_id, connection_id)
  select distinct m.site_id, m.group_id, m.person_id, i.connection_id
  from group_member m join person_identity i
    on i.site_id = m.site_id and i.person_id = m.person_id and i.connection_id <> 0;
delete from group_member m where m.connection_id = 0 and exists (
  select from group_member o where o.site_id = m.site_id and o.group_id = m.group_id
    and o.person_id = m.person_id and o.connection_id <> 0);

-- Which groups keep worklogs from others: few rows, looked for every hour.
create index worklog_group_visibility on worklog (site_id, connection_id, visibility_value)
  where visibility_type = 'group' and deleted_at is null;
