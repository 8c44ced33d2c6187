/* SPDX-License-Identifier: GPL-3.0-or-later */
/* References that jobs have used, to be used again: the recipes say which, the person's names and notes lie beside. */
#define G_LOG_DOMAIN "yj-library"

#include <string.h>

#include "yj-library-private.h"

#define MAX_LISTED 1000
#define HASH_CHARS 64

/* The same content is one reference, however often and under whatever name it was used; the last use tells the facts. What
   has a name or a note is listed also without any use: then what lies beside those tells them. */
static const char list_sql[] =
  "WITH used AS ("
  "  SELECT substr (file.value ->> 'uri', instr (file.value ->> 'uri', 'references/') + 14, 64) AS hash, jobs.id AS job,"
  "    jobs.trashed AS trashed, jobs.created AS created, file.value ->> 'uri' AS uri, file.value ->> 'name' AS name,"
  "    file.value ->> 'type' AS type, file.value ->> 'size' AS size, file.value ->> 'width' AS width,"
  "    file.value ->> 'height' AS height, file.value ->> 'duration' AS duration"
  "  FROM jobs, json_each (CASE WHEN json_valid (jobs.recipe) THEN jobs.recipe ELSE '{}' END, '$.files') AS file"
  "  WHERE instr (jobs.recipe, 'references/') AND file.type = 'object' AND instr (file.value ->> 'uri', 'references/')), "
  "listed AS ("
  "  SELECT hash, uri, name, type, size, width, height, duration,"
  "    count (DISTINCT CASE WHEN trashed = 0 THEN job END) AS n_jobs, count (DISTINCT CASE WHEN trashed <> 0 THEN job END) AS n_trashed,"
  "    max (created) AS moment FROM used GROUP BY hash"
  "  UNION ALL SELECT sha256, NULL, file_name, type, size, width, height, duration, 0, 0, used FROM reference_notes"
  "  WHERE (name <> '' OR note <> '') AND sha256 NOT IN (SELECT hash FROM used)) "
  "SELECT uri, listed.name, listed.type, listed.size, listed.width, listed.height, listed.duration, n_jobs, n_trashed,"
  "  max (moment, coalesce (used, 0)) AS latest, reference_notes.name, note, hash"
  "  FROM listed LEFT JOIN reference_notes ON sha256 = hash ORDER BY latest DESC LIMIT ?";

typedef struct
{
  char *folder;
  char *sha256;
  char *name;
  char *note;
  YjKeptFacts facts;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->folder);
  g_free (ask->sha256);
  g_free (ask->name);
  g_free (ask->note);
  g_free (ask->facts.file_name);
  g_free (ask->facts.content_type);
  g_free (ask);
}

/* Only what the library itself names so: a recipe may have been written by anybody. */
static GFile *
find_file (const char *folder,
           const char *uri)
{
  const char *name = strstr (uri, "references/");
  g_autofree char *path = NULL, *sha256 = NULL;

  if (name == NULL || strlen (name) < strlen ("references/ab/") + HASH_CHARS)
    return NULL;
  sha256 = g_strndup (name + strlen ("references/ab/"), HASH_CHARS);
  if (strspn (name + strlen ("references/"), "0123456789abcdefghijklmnopqrstuvwxyz/.") != strlen (name) - strlen ("references/") ||
      strspn (sha256, "0123456789abcdef") != HASH_CHARS || strstr (name, "..") != NULL)
    return NULL;

  path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_file_new_for_path (path) : NULL;
}

/* The one of this content, whatever its name ends with. */
static GFile *
find_content (const char *folder,
              const char *sha256)
{
  g_autofree char *group = g_strndup (sha256, 2), *path = g_build_filename (folder, "references", group, NULL);
  g_autofree char *start = g_strconcat (sha256, ".", NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, start) && !g_str_has_suffix (name, ".part"))
      return g_file_new_build_filename (path, name, NULL);
  return NULL;
}

static void
list_references (YjDatabase *database,
                 GTask      *task,
                 gpointer    task_data)
{
  Ask *ask = task_data;
  g_autoptr(GListStore) list = g_list_store_new (YJ_TYPE_KEPT_REFERENCE);
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  statement = yj_database_prepare (database, &error, list_sql, "i", (gint64) MAX_LISTED);
  while (statement != NULL && yj_database_step (database, statement, &error))
    {
      g_autofree char *uri = yj_database_dup_text (statement, 0), *name = yj_database_dup_text (statement, 1);
      g_autofree char *type = yj_database_dup_text (statement, 2), *given = yj_database_dup_text (statement, 10);
      g_autofree char *note = yj_database_dup_text (statement, 11), *sha256 = yj_database_dup_text (statement, 12);
      g_autoptr(GFile) file = uri != NULL ? find_file (ask->folder, uri) : find_content (ask->folder, sha256);
      g_autoptr(YjKeptReference) reference = NULL;
      YjKeptFacts facts = { name, type, sqlite3_column_int64 (statement, 3), sqlite3_column_int (statement, 4),
                            sqlite3_column_int (statement, 5), sqlite3_column_int64 (statement, 6),
                            (guint) sqlite3_column_int (statement, 7), (guint) sqlite3_column_int (statement, 8),
                            sqlite3_column_int64 (statement, 9) };

      if (file == NULL)
        continue;
      reference = yj_kept_reference_new (sha256, file, given, note, &facts);
      g_list_store_append (list, reference);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&list), g_object_unref);
}

/**
 * yj_library_list_references_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Finds the references that jobs have used, or that were given a name or a note, and that are still there: the one used
 * last first, at most 1000.
 */
void
yj_library_list_references_async (YjLibrary           *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;
  Ask *ask;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_list_references_async);
  ask = g_new0 (Ask, 1);
  ask->folder = g_file_get_path (self->folder);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  yj_library_push (self, task, list_references);
}

/**
 * yj_library_list_references_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): a #GListModel of [class@Yj.KeptReference], or %NULL
 */
GListModel *
yj_library_list_references_finish (YjLibrary     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_note (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  Ask *ask = task_data;
  const YjKeptFacts *facts = &ask->facts;
  GError *error = NULL;

  yj_database_run (database, &error, "INSERT INTO reference_notes (sha256, name, note, file_name, type, size, width, height, duration, used)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT (sha256) DO UPDATE SET name = excluded.name, note = excluded.note, file_name = excluded.file_name,"
                   "  type = excluded.type, size = excluded.size, width = excluded.width, height = excluded.height,"
                   "  duration = excluded.duration, used = max (used, excluded.used)",
                   "sssssiiiii", ask->sha256, ask->name, ask->note, facts->file_name, facts->content_type, facts->size,
                   (gint64) facts->width, (gint64) facts->height, facts->duration, facts->used);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    yj_library_tell_failed (YJ_LIBRARY (object), error);
}

/**
 * yj_library_save_reference:
 * @self: a library
 * @reference: one whose name or note was changed
 *
 * Writes both behind, and what is known of it: with a note, or a name that is not just that of the file, it is kept also
 * when no job has it any more; without, it is let go then. A failure is told by [signal@Yj.Library::failed].
 */
void
yj_library_save_reference (YjLibrary       *self,
                           YjKeptReference *reference)
{
  GTask *task;
  Ask *ask;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_KEPT_REFERENCE (reference));

  task = g_task_new (self, NULL, written_cb, NULL);
  ask = g_new0 (Ask, 1);
  ask->sha256 = g_strdup (yj_kept_reference_get_sha256 (reference));
  ask->name = g_strdup (yj_kept_reference_get_given_name (reference));
  ask->note = g_strdup (yj_kept_reference_get_note (reference));
  ask->facts = *yj_kept_reference_get_facts (reference);
  ask->facts.file_name = g_strdup (ask->facts.file_name);
  ask->facts.content_type = g_strdup (ask->facts.content_type);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  yj_library_push (self, task, write_note);
}
