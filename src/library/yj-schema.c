/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-schema"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "yj-library.h"
#include "yj-schema.h"

/* "YJLB": how `file` and we ourselves know the file. */
#define APPLICATION_ID 0x594a4c42

/*
 * Version 1. Times are µs since 1970, UTC.
 *
 * conversations and messages have ids that are made by us (time and chance, see yj_library_new_id()), so that a
 * row can be written again and again by one statement. seq orders the messages of a conversation whatever the clock
 * does; parent makes a tree of them.
 *
 * pieces hold what was added to an answer since its row was written: `body` belongs at byte `start` of its text
 * (kind 0) or reasoning (kind 1). So a growing answer costs what was added and not what it has become.
 *
 * message_search and title_search hold no text of their own: only the index, of the texts as yj_search_index() makes
 * them, under the same ids.
 */
static const char version_1[] =
  "CREATE TABLE conversations ("
  "  id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT '', model TEXT, system_prompt TEXT, draft TEXT,"
  "  updated INTEGER NOT NULL, trashed INTEGER NOT NULL DEFAULT 0) STRICT;"
  "CREATE TABLE messages ("
  "  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
  "  parent INTEGER REFERENCES messages (id) ON DELETE SET NULL, seq INTEGER NOT NULL,"
  "  role TEXT NOT NULL, state TEXT NOT NULL, text TEXT NOT NULL, reasoning TEXT NOT NULL DEFAULT '',"
  "  model TEXT, error TEXT, error_code INTEGER NOT NULL DEFAULT -1, created INTEGER NOT NULL,"
  "  prompt_tokens INTEGER NOT NULL DEFAULT -1, completion_tokens INTEGER NOT NULL DEFAULT -1,"
  "  cached_tokens INTEGER NOT NULL DEFAULT -1, first_token_us INTEGER NOT NULL DEFAULT -1,"
  "  duration_us INTEGER NOT NULL DEFAULT -1, usage_id TEXT) STRICT;"
  "CREATE INDEX messages_of_conversation ON messages (conversation, seq);"
  "CREATE INDEX messages_by_id ON messages (id, conversation);"
  "CREATE INDEX messages_by_parent ON messages (parent) WHERE parent IS NOT NULL;"
  "CREATE INDEX messages_streaming ON messages (state) WHERE state = 'streaming';"
  "CREATE TABLE pieces ("
  "  message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, kind INTEGER NOT NULL,"
  "  start INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (message, kind, start)) STRICT, WITHOUT ROWID;"
  "CREATE VIRTUAL TABLE message_search USING fts5 (body, content = '', contentless_delete = 1,"
  "  tokenize = 'unicode61 remove_diacritics 2');"
  "CREATE VIRTUAL TABLE title_search USING fts5 (body, content = '', contentless_delete = 1,"
  "  tokenize = 'unicode61 remove_diacritics 2');"
  "CREATE TABLE jobs ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL UNIQUE, state TEXT NOT NULL, origin TEXT,"
  "  mode TEXT, model_id TEXT, model_name TEXT, prompt TEXT, recipe TEXT, task_id TEXT, video_uri TEXT,"
  "  image_uri TEXT, usage TEXT, error TEXT, error_code INTEGER NOT NULL, etag TEXT, file TEXT, cover TEXT,"
  "  width INTEGER NOT NULL, height INTEGER NOT NULL, duration INTEGER NOT NULL, size INTEGER NOT NULL,"
  "  created INTEGER NOT NULL, submitted INTEGER NOT NULL, finished INTEGER NOT NULL,"
  "  position INTEGER NOT NULL, favourite INTEGER NOT NULL) STRICT;"
  "CREATE TABLE leases ("
  "  job INTEGER PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE, owner TEXT NOT NULL,"
  "  holder INTEGER NOT NULL) STRICT;";

/*
 * Version 2. Of a conversation, what a list shows of it besides its title. Messages become a tree that is used: of those
 * below one parent, the one with the greatest `chosen` is shown; `trashed` is when it was deleted, 0 if it is not;
 * `continued` is how often a cut answer was gone on with; reasoning_us is how long a model has thought before it answered.
 *
 * Version 1 hung each message below the one before it, also an answer below the answer that it was to replace. They
 * are all answers to the question before them, and the last of them in the order of seq was the one shown: a clock may
 * have been set back in between.
 *
 * waiting holds the questions that are to be asked next, in their order.
 *
 * A conversation says how it wants its answers, and where the cursor stands in its draft; draft_attachments is what goes
 * with that (of a message that was sent it is in the text). prompts are kept for later.
 */
static const char version_2[] =
  "ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE conversations ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE messages ADD continued INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE messages ADD chosen INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE messages ADD trashed INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE messages ADD reasoning_us INTEGER NOT NULL DEFAULT -1;"
  "UPDATE messages SET parent = (SELECT earlier.id FROM messages AS earlier WHERE earlier.conversation = messages.conversation"
  "  AND earlier.seq < messages.seq ORDER BY earlier.seq DESC LIMIT 1) WHERE parent IS NULL;"
  "UPDATE messages SET parent = (SELECT question.id FROM messages AS question"
  "  WHERE question.conversation = messages.conversation AND question.seq < messages.seq AND question.role = 'user'"
  "  ORDER BY question.seq DESC LIMIT 1) WHERE role = 'assistant' AND"
  "  (SELECT role FROM messages AS earlier WHERE earlier.id = messages.parent) = 'assistant';"
  "UPDATE messages SET chosen = seq;"
  "CREATE INDEX messages_trashed ON messages (trashed) WHERE trashed <> 0;"
  "CREATE TABLE waiting ("
  "  conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, position INTEGER NOT NULL,"
  "  text TEXT NOT NULL, PRIMARY KEY (conversation, position)) STRICT, WITHOUT ROWID;"
  "ALTER TABLE conversations ADD COLUMN draft_cursor INTEGER NOT NULL DEFAULT -1;"
  "ALTER TABLE conversations ADD COLUMN stream INTEGER NOT NULL DEFAULT -1;"
  "CREATE TABLE draft_attachments ("
  "  id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL) STRICT;"
  "CREATE UNIQUE INDEX attachments_of_draft ON draft_attachments (conversation, position);"
  "CREATE TABLE prompts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL) STRICT;";

/*
 * Version 3. drafts are those of videos: `recipe` is the draft as JSON, its files in the library relative to that;
 * the one with the greatest `shown` is on show.
 *
 * Jobs of one batch were ordered together: takes, or one draft for several models. `waited` is how long the platform took,
 * in µs, where that was seen from beginning to end, else 0. `prompt` is as it was written, prompt_sent as it was sent.
 *
 * jobs.parents says of what a job was made, a line for each: a word (remix, extend, frame, clip, join) and the uuid of the
 * other. jobs.times says when each of its states began: a line for each, the state and µs since 1970.
 *
 * Of the prompts, those with `recipe` are no text: `body` is a draft as JSON, without files.
 *
 * reference_notes holds what a person calls a reference and wrote about it, by the hash of its content.
 *
 * What a person says of jobs is no part of their way: `favourite`, `trashed` (when it was thrown away, 0: it was not),
 * `folded` (the uuid of the job behind which it lies in the gallery) and job_tags are written by themselves, and never with
 * the row.
 *
 * uses holds what was used and has no row of its own any more, or never had one: jobs that were deleted, and every request
 * to a chat model; no prompt, no answer. `usage` is JSON as it came, of chat under the names of the API. A job that comes
 * back takes its use with it.
 */
static const char version_3[] =
  "CREATE TABLE drafts ("
  "  id INTEGER PRIMARY KEY, name TEXT NOT NULL, recipe TEXT NOT NULL, position INTEGER NOT NULL,"
  "  shown INTEGER NOT NULL) STRICT;"
  "ALTER TABLE jobs ADD COLUMN batch TEXT;"
  "ALTER TABLE jobs ADD COLUMN waited INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN prompt_sent TEXT;"
  "ALTER TABLE jobs ADD COLUMN parents TEXT;"
  "ALTER TABLE jobs ADD COLUMN times TEXT;"
  "ALTER TABLE prompts ADD COLUMN recipe INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE reference_notes ("
  "  sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL) STRICT, WITHOUT ROWID;"
  "ALTER TABLE jobs ADD COLUMN trashed INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN folded TEXT;"
  "CREATE TABLE job_tags ("
  "  job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, tag TEXT NOT NULL,"
  "  PRIMARY KEY (job, tag)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX job_tags_by_tag ON job_tags (tag);"
  "CREATE TABLE uses ("
  "  id INTEGER PRIMARY KEY, moment INTEGER NOT NULL, mode TEXT, model_id TEXT, model TEXT, origin TEXT, uuid TEXT UNIQUE,"
  "  task_id TEXT, state TEXT, usage TEXT) STRICT;"
  "INSERT INTO uses (moment, mode, model, usage)"
  "  SELECT created, 'chat', model, CASE WHEN max (prompt_tokens, completion_tokens, cached_tokens) >= 0 THEN"
  "    printf ('{\"prompt_tokens\": %d, \"completion_tokens\": %d, \"cached_tokens\": %d}',"
  "            max (prompt_tokens, 0), max (completion_tokens, 0), max (cached_tokens, 0)) END"
  "  FROM messages WHERE role = 'assistant' AND (text <> '' OR max (prompt_tokens, completion_tokens) >= 0);"
  "CREATE TRIGGER job_used AFTER DELETE ON jobs WHEN old.submitted > 0 BEGIN"
  "  INSERT OR REPLACE INTO uses (moment, mode, model_id, model, origin, uuid, task_id, state, usage)"
  "  VALUES (old.submitted, old.mode, old.model_id, old.model_name, old.origin, old.uuid, old.task_id, old.state, old.usage);"
  "END;"
  "CREATE TRIGGER job_back AFTER INSERT ON jobs BEGIN DELETE FROM uses WHERE uuid = new.uuid; END;";

/*
 * Version 4. What is known of a reference that has a name or a note lies beside those: it is kept and listed also when the
 * last job that used it is gone. `file_name` is what that called it; `used` is when the last one of those was made that were
 * there when name and note were written, or that were deleted since; of one that is there, the job itself tells. What has
 * jobs now learns it from the last of them.
 *
 * Version 3 wrote the name of the file as if it had been given: that of the first job is the file's own, those of later
 * ones may be what the person called it in between.
 */
#define FILES_OF_JOBS \
  "substr (part.value ->> 'uri', instr (part.value ->> 'uri', 'references/') + 14, 64) AS hash" \
  "  FROM jobs, json_each (CASE WHEN json_valid (jobs.recipe) THEN jobs.recipe ELSE '{}' END, '$.files') AS part" \
  "  WHERE instr (jobs.recipe, 'references/') AND part.type = 'object' GROUP BY hash"

static const char version_4[] =
  "ALTER TABLE reference_notes ADD COLUMN file_name TEXT;"
  "ALTER TABLE reference_notes ADD COLUMN type TEXT;"
  "ALTER TABLE reference_notes ADD COLUMN size INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE reference_notes ADD COLUMN width INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE reference_notes ADD COLUMN height INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE reference_notes ADD COLUMN duration INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE reference_notes ADD COLUMN used INTEGER NOT NULL DEFAULT 0;"
  "UPDATE reference_notes SET file_name = file ->> 'name', type = file ->> 'type',"
  "  size = CAST (coalesce (file ->> 'size', 0) AS INTEGER),"
  "  width = CAST (coalesce (file ->> 'width', 0) AS INTEGER), height = CAST (coalesce (file ->> 'height', 0) AS INTEGER),"
  "  duration = CAST (coalesce (file ->> 'duration', 0) AS INTEGER), used = created "
  "FROM (SELECT part.value AS file, max (jobs.created) AS created, " FILES_OF_JOBS ") WHERE hash = sha256;"
  "UPDATE reference_notes SET name = '' "
  "FROM (SELECT part.value ->> 'name' AS own, min (jobs.created) AS created, " FILES_OF_JOBS ") WHERE hash = sha256 AND name = own;"
  "CREATE TRIGGER reference_used AFTER DELETE ON jobs WHEN instr (old.recipe, 'references/') BEGIN"
  "  UPDATE reference_notes SET used = old.created WHERE used < old.created AND instr (old.recipe, sha256);"
  "END;";

static const YjMigration migrations[] = { version_1, version_2, version_3, version_4, NULL };

static gint64
count_steps (const YjMigration *steps)
{
  return g_strv_length ((char **) steps);
}

static gboolean
get_version (YjDatabase  *self,
             gint64      *version,
             GError     **error)
{
  return yj_database_get_int (self, "PRAGMA user_version", version, error);
}

static gboolean
check_version (YjDatabase         *self,
               const YjMigration  *steps,
               GError            **error)
{
  gint64 version, application, tables;
  gboolean known;

  /* All of one moment: another process may be making the file. */
  if (!yj_database_run (self, error, "BEGIN", ""))
    return FALSE;
  known = get_version (self, &version, error) &&
          yj_database_get_int (self, "PRAGMA application_id", &application, error) &&
          yj_database_get_int (self, "SELECT count(*) FROM sqlite_schema", &tables, error);
  yj_database_run (self, NULL, "ROLLBACK", "");
  if (!known)
    return FALSE;
  if (tables > 0 && application != APPLICATION_ID)
    g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_DAMAGED, "The file is another program's");
  else if (version < 0 || (version == 0 && tables > 0))
    g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_DAMAGED, "The file says it has version %" G_GINT64_FORMAT, version);
  else if (version > count_steps (steps))
    g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_NEWER, "The file has version %" G_GINT64_FORMAT
                 ", this program knows %" G_GINT64_FORMAT, version, count_steps (steps));
  else
    return TRUE;
  return FALSE;
}

/**
 * yj_schema_get_steps:
 *
 * Returns: (transfer none): this program's steps, from the empty file to its version
 */
const YjMigration *
yj_schema_get_steps (void)
{
  return migrations;
}

/**
 * yj_schema_check_version:
 * @self: an open database
 * @error: return location
 *
 * Whether the file is a library of this or an older version, or empty. Fails with `YJ_LIBRARY_ERROR_NEWER` or
 * `YJ_LIBRARY_ERROR_DAMAGED`. Changes nothing.
 *
 * Returns: whether it may be used
 */
gboolean
yj_schema_check_version (YjDatabase  *self,
                         GError     **error)
{
  return check_version (self, migrations, error);
}

/**
 * yj_schema_is_newest:
 * @self: an open database
 * @error: return location
 *
 * As yj_schema_check_version(), but an empty file and one of an older version fail too, with `YJ_LIBRARY_ERROR_FAILED`.
 *
 * Returns: whether it may be read as it is
 */
gboolean
yj_schema_is_newest (YjDatabase  *self,
                     GError     **error)
{
  gint64 version;

  if (!check_version (self, migrations, error) || !get_version (self, &version, error))
    return FALSE;
  if (version == count_steps (migrations))
    return TRUE;
  g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FAILED, "The file has version %" G_GINT64_FORMAT, version);
  return FALSE;
}

/* A whole copy beside the file, there before anything is changed: library-before-VERSION.db. Another process may be
   doing the same: each has a part of its own, and one that may hold the new version already is no copy. */
static gboolean
back_up (YjDatabase  *self,
         const char  *folder,
         gint64       version,
         GError     **error)
{
  g_autofree char *name = g_strdup_printf ("library-before-%" G_GINT64_FORMAT ".db", version + 1);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *chance = g_uuid_string_random ();
  g_autofree char *part = g_strdup_printf ("%s.%s.part", path, chance);
  gint64 after;
  int fd;

  fd = g_open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    close (fd);
  /* Without the file, for whatever reason, this fails with the reason. */
  if (!yj_database_run (self, error, "VACUUM INTO ?", "s", part) || !get_version (self, &after, error))
    {
      g_unlink (part);
      return FALSE;
    }
  if (after != version)
    {
      g_unlink (part);
      return TRUE;
    }
  if (g_rename (part, path) == 0)
    return TRUE;
  g_set_error (error, YJ_LIBRARY_ERROR, YJ_LIBRARY_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
  g_unlink (part);
  return FALSE;
}

static gboolean
migrate_step (YjDatabase  *self,
              gpointer     data,
              GError     **error)
{
  const YjMigration *steps = data;
  g_autofree char *set_version = NULL;
  gint64 version;

  if (!get_version (self, &version, error))
    return FALSE;
  /* Another process was here between the look and the transaction. */
  if (version >= count_steps (steps))
    return TRUE;
  for (; steps[version] != NULL; version++)
    if (!yj_database_exec (self, steps[version], error))
      return FALSE;
  set_version = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);
  return yj_database_run (self, error, "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID), "") &&
         yj_database_run (self, error, set_version, "");
}

/**
 * yj_schema_migrate_with:
 * @self: an open database
 * @folder: where a copy goes first
 * @steps: the steps, from the empty file on
 * @error: return location
 *
 * Brings a file to the version that @steps lead to, in one transaction: either all of it happened or nothing. A file
 * that holds something already is copied first.
 *
 * Returns: whether the file has that version now
 */
gboolean
yj_schema_migrate_with (YjDatabase         *self,
                        const char         *folder,
                        const YjMigration  *steps,
                        GError            **error)
{
  gint64 version;

  if (!check_version (self, steps, error) || !get_version (self, &version, error))
    return FALSE;
  if (version == count_steps (steps))
    return TRUE;
  if (version > 0 && !back_up (self, folder, version, error))
    return FALSE;
  return yj_database_transact (self, migrate_step, (gpointer) steps, error);
}

/**
 * yj_schema_migrate:
 * @self: an open database
 * @folder: where a copy goes first
 * @error: return location
 *
 * Brings a file to this program's version; see yj_schema_migrate_with().
 *
 * Returns: whether the file has that version now
 */
gboolean
yj_schema_migrate (YjDatabase  *self,
                   const char  *folder,
                   GError     **error)
{
  return yj_schema_migrate_with (self, folder, migrations, error);
}
