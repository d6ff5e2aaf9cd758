-- JQL: words of summaries, issues by age and by change, worklogs of an issue by day.

-- Punctuation becomes blanks, so that the parser sees letters and digits alone;
-- src/store/issue-search-text.ts writes the same expression. It is not partial: of a partial
-- index the planner reads no statistics, and takes every word for rare.
create index issue_words on issue
  using gin (to_tsvector('simple', translate(summary, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                ')));

-- What a search goes by without ORDER BY, and what a reader of changes goes by; pages follow them.
create index issue_created on issue (site_id, created_at, id);
create index issue_updated on issue (site_id, updated_at, id);

-- Whether somebody worked on an issue then, how long, and who may know: from the index alone. It
-- also finds the worklogs of an issue, so the index that did only that goes.
create index worklog_issue_day on worklog (site_id, issue_id, day)
  include (author_id, started_at, time_spent_seconds, visibility_type, visibility_value)
  where deleted_at is null;
drop index worklog_issue;
