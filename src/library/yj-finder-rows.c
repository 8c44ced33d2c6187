/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where words are in rows, and what the rows say of themselves. */
#define G_LOG_DOMAIN "yj-finder"

#include "yj-finder-private.h"

#include "yj-match.h"
#include "yj-search.h"
#include "yj-title.h"

#define LOOK_AT_CANCELLED 256   /* rows */

/* ---- words */

GPtrArray *
yj_finder_words_new (const char *query)
{
  g_auto(GStrv) words = yj_search_words (query);
  GPtrArray *self = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_match_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      YjMatch *match = yj_match_new (words[i]);

      if (match != NULL)
        g_ptr_array_add (self, match);
    }

  return self;
}

/* As in the index: a word is found from its beginning, one of a script without spaces anywhere. */
static gboolean
begins (const char *text,
        const char *p)
{
  gunichar c = g_utf8_get_char (p), before;

  if (p == text || !g_unichar_isalnum (c) || yj_search_stands_alone (c))
    return TRUE;
  before = g_utf8_get_char (g_utf8_prev_char (p));

  return !g_unichar_isalnum (before) || yj_search_stands_alone (before);
}

static gboolean
is_in (YjMatch    *match,
       const char *text)
{
  gsize start, end, from = 0;

  while (yj_match_next (match, text, from, &start, &end))
    {
      if (begins (text, text + start))
        return TRUE;
      from = g_utf8_next_char (text + start) - text;
    }

  return FALSE;
}

gboolean
yj_finder_words_are_in (GPtrArray *self,
                        const char    *text)
{
  for (guint i = 0; i < self->len; i++)
    if (!is_in (self->pdata[i], text))
      return FALSE;

  return self->len > 0;
}

/* ---- finding */

void
yj_found_free (YjFound *self)
{
  g_free (self->name);
  g_free (self->behind);
  g_free (self);
}

/* The prompt, and the tags. What was withdrawn or came to nothing is the last that is meant. */
static YjFound *
look_at_job (sqlite3_stmt  *statement,
             GPtrArray     *words,
             GHashTable    *among)
{
  g_autofree char *uuid = yj_database_dup_text (statement, 0);
  g_autofree char *prompt = yj_database_dup_text (statement, 1);
  g_autofree char *tags = yj_database_dup_text (statement, 2);
  g_autofree char *all = g_strconcat (prompt != NULL ? prompt : "", "\n", tags, NULL);
  g_autofree char *name = g_strconcat (YJ_FINDER_JOB, uuid, NULL);
  YjFound *found;

  if ((among != NULL && !g_hash_table_contains (among, name)) || !yj_finder_words_are_in (words, all))
    return NULL;

  found = g_new0 (YjFound, 1);
  found->name = g_steal_pointer (&name);
  found->behind = yj_database_dup_text (statement, 3);
  found->rank = sqlite3_column_int (statement, 4) ? 2 : 0;
  found->when = sqlite3_column_int64 (statement, 5);

  return found;
}

/* Those that lie behind one that was found too are not shown beside it, as in the gallery. */
static void
take_away_folded (GPtrArray *found)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (names, g_strdup (((YjFound *) found->pdata[i])->name));
  for (guint i = found->len; i > 0; i--)
    {
      const char *behind = ((YjFound *) found->pdata[i - 1])->behind;
      g_autofree char *front = behind != NULL ? g_strconcat (YJ_FINDER_JOB, behind, NULL) : NULL;

      if (front != NULL && g_hash_table_contains (names, front))
        g_ptr_array_remove_index (found, i - 1);
    }
}

gboolean
yj_finder_find_jobs (YjDatabase     *database,
                     GPtrArray      *words,
                     GHashTable     *among,
                     GPtrArray      *found,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT uuid, prompt, (SELECT group_concat (tag, char (10)) FROM job_tags"
                                   " WHERE job = jobs.id), folded, state IN ('failed', 'cancelled', 'expired'), created FROM jobs"
                                   " WHERE trashed = 0", "");
  if (statement == NULL)
    return FALSE;
  for (guint n = 1; yj_database_step (database, statement, &local_error); n++)
    {
      YjFound *one = look_at_job (statement, words, among);

      if (one != NULL)
        g_ptr_array_add (found, one);
      if (n % LOOK_AT_CANCELLED == 0 && g_cancellable_set_error_if_cancelled (cancellable, &local_error))
        break;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  take_away_folded (found);

  return TRUE;
}

/* Those whose title has the words come before those that only speak of them. */
static gboolean
look_at_conversations (YjDatabase     *database,
                       GArray         *ids,
                       GPtrArray      *words,
                       GPtrArray      *found,
                       GError        **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT title, updated FROM conversations WHERE id = ?", "i", (gint64) 0);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len && local_error == NULL; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      sqlite3_bind_int64 (statement, 1, id);
      if (yj_database_step (database, statement, &local_error))
        {
          g_autofree char *title = yj_database_dup_text (statement, 0);
          YjFound *one = g_new0 (YjFound, 1);

          one->name = g_strdup_printf (YJ_FINDER_CONVERSATION "%" G_GINT64_FORMAT, id);
          one->rank = yj_finder_words_are_in (words, title) ? 0 : 1;
          one->when = sqlite3_column_int64 (statement, 1);
          g_ptr_array_add (found, one);
        }
      sqlite3_reset (statement);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
read_id (const char *name,
         gint64     *id)
{
  return g_str_has_prefix (name, YJ_FINDER_CONVERSATION) &&
         g_ascii_string_to_signed (name + strlen (YJ_FINDER_CONVERSATION), 10, G_MININT64, G_MAXINT64, id, NULL);
}

static GHashTable *
list_ids (GHashTable *names)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;
  gint64 id;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (read_id (name, &id))
      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));

  return ids;
}

gboolean
yj_finder_find_conversations (YjDatabase     *database,
                              GArray         *members,
                              const char     *query,
                              GPtrArray      *words,
                              GHashTable     *among,
                              GPtrArray      *found,
                              GCancellable   *cancellable,
                              GError        **error)
{
  g_autoptr(GHashTable) ids = among != NULL ? list_ids (among) : NULL;
  g_autoptr(GArray) conversations = NULL;

  if (ids != NULL && g_hash_table_size (ids) == 0)
    return TRUE;
  conversations = yj_search_conversations (database, members, ids, query, cancellable, error);

  return conversations != NULL && look_at_conversations (database, conversations, words, found, error);
}

/* ---- describing */

static gboolean
describe_job (YjDatabase     *database,
              const char     *folder,
              const char     *query,
              GPtrArray      *words,
              YjFinding      *finding,
              GError        **error)
{
  const char *uuid = finding->name + strlen (YJ_FINDER_JOB);
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autofree char *cover = NULL, *title = NULL;
  GError *local_error = NULL;

  statement = yj_database_prepare (database, error, "SELECT prompt, state, model_id, model_name, cover, duration, created FROM jobs"
                                   " WHERE uuid = ? AND trashed = 0", "s", uuid);
  if (statement == NULL)
    return FALSE;
  if (!yj_database_step (database, statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }
  finding->text = yj_database_dup_text (statement, 0);
  if (finding->text == NULL)
    finding->text = g_strdup ("");
  finding->state = yj_database_dup_text (statement, 1);
  finding->model_id = yj_database_dup_text (statement, 2);
  finding->model_name = yj_database_dup_text (statement, 3);
  cover = yj_database_dup_text (statement, 4);
  finding->duration = sqlite3_column_int64 (statement, 5);
  finding->when = sqlite3_column_int64 (statement, 6);

  /* a name in our own folder, and nowhere else */
  if (cover != NULL && strchr (cover, G_DIR_SEPARATOR) == NULL)
    {
      finding->cover = g_build_filename (folder, "videos", cover, NULL);
      if (!g_file_test (finding->cover, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer (&finding->cover, g_free);
    }
  title = yj_title_make (finding->text);
  if (!yj_finder_words_are_in (words, title))
    {
      g_autoptr(YjSearchHit) hit = yj_search_find_in_text (finding->text, query);

      finding->snippet = hit != NULL ? g_steal_pointer (&hit->snippet) : NULL;
    }

  return TRUE;
}

static gboolean
describe_conversation (YjDatabase     *database,
                       const char     *query,
                       GPtrArray      *words,
                       YjFinding      *finding,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(YjSearchHit) hit = NULL;
  GError *local_error = NULL;
  gint64 id;

  if (!read_id (finding->name, &id))
    return TRUE;
  statement = yj_database_prepare (database, error, "SELECT title, updated FROM conversations WHERE id = ? AND trashed = 0", "i", id);
  if (statement == NULL)
    return FALSE;
  if (!yj_database_step (database, statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      return local_error == NULL;
    }
  finding->text = yj_database_dup_text (statement, 0);
  finding->when = sqlite3_column_int64 (statement, 1);
  if (yj_finder_words_are_in (words, finding->text))
    return TRUE;
  hit = yj_search_find_hit (database, id, query, cancellable, error);
  if (hit == NULL)
    return FALSE;
  finding->snippet = g_steal_pointer (&hit->snippet);

  return TRUE;
}

gboolean
yj_finder_describe (YjDatabase     *database,
                    const char     *folder,
                    const char     *query,
                    GPtrArray      *words,
                    YjFinding      *finding,
                    GCancellable   *cancellable,
                    GError        **error)
{
  if (yj_finder_is_job (finding->name))
    return describe_job (database, folder, query, words, finding, error);

  return describe_conversation (database, query, words, finding, cancellable, error);
}
