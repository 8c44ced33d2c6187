/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "yj-library-private.h"
#include "yj-use.h"

/**
 * yj_use_free:
 * @use: (transfer full): a figure
 */
void
yj_use_free (YjUse *use)
{
  g_free (use->when);
  g_free (use->mode);
  g_free (use->model_id);
  g_free (use->model);
  g_free (use->unit);
  g_free (use->task_id);
  g_free (use->state);
  g_free (use);
}

/* ---------------------------------------------------------------- reading */

/* All that may have been charged, in the order of time: what was sent, save what was refused at the door, and nothing of
   our own sandbox. */
static const char every_sql[] =
  "SELECT submitted AS moment, mode, model_id, model_name AS model, task_id, state, usage FROM jobs"
  "  WHERE submitted >= ?1 AND submitted < ?2 AND submitted > 0 AND NOT (state = 'failed' AND task_id IS NULL)"
  "  AND ifnull (origin, '') NOT LIKE '%#sandbox'"
  " UNION ALL"
  " SELECT moment, mode, model_id, model, task_id, state, usage FROM uses"
  "  WHERE moment >= ?1 AND moment < ?2 AND NOT (ifnull (state, '') = 'failed' AND task_id IS NULL)"
  "  AND ifnull (origin, '') NOT LIKE '%#sandbox'"
  " ORDER BY moment";

typedef struct
{
  gint64      from;
  gint64      until;
  YjUseStep   step;
  char        when[16];         /* of the rows that are being read */
  gint64      when_until;       /* µs: the first moment behind it */
  GHashTable *replies;          /* usage as it came: GPtrArray of YjFigure */
  GHashTable *sums;             /* a text for each figure: YjUse, of the array */
  GPtrArray  *counts;           /* of YjUse without a unit; the one that is returned */
  GPtrArray  *uses;             /* of YjUse with one */
} Ask;

typedef struct
{
  char   *unit;
  double  amount;
} Figure;

static void
figure_free (gpointer data)
{
  Figure *figure = data;

  g_free (figure->unit);
  g_free (figure);
}

static void
ask_free (Ask *ask)
{
  g_clear_pointer (&ask->replies, g_hash_table_unref);
  g_clear_pointer (&ask->sums, g_hash_table_unref);
  g_clear_pointer (&ask->counts, g_ptr_array_unref);
  g_clear_pointer (&ask->uses, g_ptr_array_unref);
  g_free (ask);
}

/* ---- one reply */

/* Every provider has words of its own for it. Sizes and seeds are no amounts, and what a single unit costs is none. */
static gboolean
is_amount (const char *name)
{
  static const char * const words[] = {
    "credit", "token", "cost", "amount", "price", "fee", "charge", "unit", "point", "second", "duration",
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (strstr (lower, "price") != NULL && (strstr (lower, "unit") != NULL || strstr (lower, "per") != NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
read_number (JsonNode *node,
             double   *number)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    *number = json_node_get_double (node);
  else if (type == G_TYPE_STRING && g_ascii_isdigit (*json_node_get_string (node)))
    {
      char *end;

      *number = g_ascii_strtod (json_node_get_string (node), &end);
      if (*end != '\0')
        return FALSE;
    }
  else
    return FALSE;

  return isfinite (*number);
}

static void
add_figures (GPtrArray  *figures,
             JsonObject *object,
             const char *path,
             guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *unit = path != NULL ? g_strconcat (path, ".", name, NULL) : g_strdup (name);
      double number;

      if (JSON_NODE_HOLDS_OBJECT (node) && depth < 4)
        add_figures (figures, json_node_get_object (node), unit, depth + 1);
      else if (JSON_NODE_HOLDS_VALUE (node) && is_amount (name) && read_number (node, &number))
        {
          Figure *figure = g_new (Figure, 1);

          *figure = (Figure) { g_steal_pointer (&unit), number };
          g_ptr_array_add (figures, figure);
        }
    }
}

/* Many jobs are told the same: each text is read once. */
static GPtrArray *
get_figures (Ask  *ask,
             char *usage)
{
  GPtrArray *figures = g_hash_table_lookup (ask->replies, usage);
  g_autoptr(JsonNode) root = NULL;

  if (figures != NULL)
    {
      g_free (usage);
      return figures;
    }
  figures = g_ptr_array_new_with_free_func (figure_free);
  root = json_from_string (usage, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    add_figures (figures, json_node_get_object (root), NULL, 0);
  g_hash_table_insert (ask->replies, usage, figures);
  return figures;
}

/* ---- all of them */

/* The rows come in the order of time: only a new day needs a look at the calendar. */
static void
set_when (Ask    *ask,
          gint64  moment)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) start = NULL;
  g_autoptr(GDateTime) end = NULL;
  gboolean days = ask->step == YJ_USE_BY_DAY;

  if (moment < ask->when_until)
    return;
  utc = g_date_time_new_from_unix_utc (moment / G_USEC_PER_SEC);
  local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  if (local == NULL)
    {
      ask->when_until = G_MAXINT64;
      return;
    }
  start = g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local),
                                 days ? g_date_time_get_day_of_month (local) : 1, 0, 0, 0);
  end = days ? g_date_time_add_days (start, 1) : g_date_time_add_months (start, 1);
  ask->when_until = g_date_time_to_unix (end) * G_USEC_PER_SEC;
  if (days)
    g_snprintf (ask->when, sizeof ask->when, "%04d-%02d-%02d", g_date_time_get_year (local),
                g_date_time_get_month (local), g_date_time_get_day_of_month (local));
  else
    g_snprintf (ask->when, sizeof ask->when, "%04d-%02d", g_date_time_get_year (local), g_date_time_get_month (local));
}

static YjUse *
use_new (Ask          *ask,
         sqlite3_stmt *statement,
         const char   *unit)
{
  YjUse *use = g_new0 (YjUse, 1);

  use->mode = yj_database_dup_text (statement, 1);
  use->model_id = yj_database_dup_text (statement, 2);
  use->model = yj_database_dup_text (statement, 3);
  use->unit = g_strdup (unit);
  if (ask->step != YJ_USE_SINGLE)
    use->when = g_strdup (ask->when);
  else
    {
      use->moment = sqlite3_column_int64 (statement, 0);
      use->task_id = yj_database_dup_text (statement, 4);
      use->state = yj_database_dup_text (statement, 5);
    }
  g_ptr_array_add (unit != NULL && ask->step != YJ_USE_SINGLE ? ask->uses : ask->counts, use);

  return use;
}

/* Where the figure is added up. */
static YjUse *
get_sum (Ask          *ask,
         sqlite3_stmt *statement,
         const char   *unit)
{
  const char *model_id = (const char *) sqlite3_column_text (statement, 2);
  const char *model = (const char *) sqlite3_column_text (statement, 3);
  const char *mode = (const char *) sqlite3_column_text (statement, 1);
  g_autofree char *key = NULL;
  YjUse *use;

  if (ask->step == YJ_USE_SINGLE)
    return use_new (ask, statement, unit);
  key = g_strjoin ("\n", ask->when, mode != NULL ? mode : "", model_id != NULL ? model_id : "", model != NULL ? model : "", unit, NULL);
  use = g_hash_table_lookup (ask->sums, key);
  if (use == NULL)
    {
      use = use_new (ask, statement, unit);
      g_hash_table_insert (ask->sums, g_steal_pointer (&key), use);
    }

  return use;
}

static void
take_row (Ask          *ask,
          sqlite3_stmt *statement)
{
  char *usage = yj_database_dup_text (statement, 6);
  GPtrArray *figures = usage != NULL ? get_figures (ask, usage) : NULL;

  if (ask->step != YJ_USE_SINGLE)
    set_when (ask, sqlite3_column_int64 (statement, 0));
  if (ask->step != YJ_USE_SINGLE || figures == NULL || figures->len == 0)
    {
      YjUse *count = get_sum (ask, statement, NULL);

      count->n++;
      count->n_silent += figures == NULL || figures->len == 0;
    }
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const Figure *figure = g_ptr_array_index (figures, i);
      YjUse *sum = get_sum (ask, statement, figure->unit);

      sum->n++;
      sum->amount += figure->amount;
      sum->most = MAX (sum->most, figure->amount);
    }
}

static void
list_uses (YjDatabase *database,
           GTask      *task,
           gpointer    task_data)
{
  Ask *ask = task_data;
  g_autoptr(sqlite3_stmt) statement = NULL;
  GError *error = NULL;

  ask->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  ask->sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ask->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_use_free);
  ask->uses = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_use_free);
  statement = yj_database_prepare (database, &error, every_sql, "ii", ask->from, ask->until);
  while (statement != NULL && yj_database_step (database, statement, &error))
    take_row (ask, statement);
  if (error == NULL)
    {
      g_ptr_array_extend_and_steal (ask->counts, g_steal_pointer (&ask->uses));
      g_task_return_pointer (task, g_steal_pointer (&ask->counts), (GDestroyNotify) g_ptr_array_unref);
    }
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_list_uses_async:
 * @self: a library
 * @from: the first moment, µs since 1970, UTC
 * @until: the first moment that is too late
 * @step: what is added up: the days or months of the local time, or nothing
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads what jobs and chats have used, deleted ones too, as far as the platform's replies told. Only figures of one model,
 * one mode and one name are added up. What was made in the sandbox was not charged and is left out, as are jobs that were
 * refused before they were accepted.
 */
void
yj_library_list_uses_async (YjLibrary           *self,
                            gint64               from,
                            gint64               until,
                            YjUseStep            step,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  Ask *ask;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_list_uses_async);
  ask = g_new0 (Ask, 1);
  ask->from = from;
  ask->until = until;
  ask->step = step;
  ask->when_until = G_MININT64;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  yj_library_push (self, task, list_uses);
}

/**
 * yj_library_list_uses_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjUse): first the counts, then the figures, either in the order of time; of
 *   single uses only figures, and those without any
 */
GPtrArray *
yj_library_list_uses_finish (YjLibrary     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---------------------------------------------------------------- writing */

typedef struct
{
  gint64  moment;
  char   *origin;
  char   *model;
  char   *usage;
} ChatUse;

static void
chat_use_free (ChatUse *use)
{
  g_free (use->origin);
  g_free (use->model);
  g_free (use->usage);
  g_free (use);
}

static void
add_chat_use (YjDatabase *database,
              GTask      *task,
              gpointer    task_data)
{
  ChatUse *use = task_data;
  GError *error = NULL;

  if (yj_database_run (database, &error, "INSERT INTO uses (moment, mode, model, origin, usage) VALUES (?, 'chat', ?, ?, ?)",
                       "isss", use->moment, use->model, use->origin, use->usage))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  /* an answer that was stopped by the end of the program */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_error_free (error);
  else
    yj_library_tell_failed (YJ_LIBRARY (object), error);
}

/**
 * yj_library_add_chat_use:
 * @self: a library
 * @origin: (nullable): base URL that was asked, with `#sandbox` behind it for our own
 * @model: (nullable): the model's name
 * @usage: (nullable): JSON, or %NULL when the reply told nothing
 *
 * Writes behind that a chat model was asked now. A failure is told by [signal@Yj.Library::failed].
 */
void
yj_library_add_chat_use (YjLibrary  *self,
                         const char *origin,
                         const char *model,
                         const char *usage)
{
  GTask *task;
  ChatUse *use;

  g_return_if_fail (YJ_IS_LIBRARY (self));

  task = g_task_new (self, NULL, added_cb, NULL);
  g_task_set_source_tag (task, yj_library_add_chat_use);
  use = g_new0 (ChatUse, 1);
  use->moment = g_get_real_time ();
  use->origin = g_strdup (origin);
  use->model = g_strdup (model);
  use->usage = g_strdup (usage);
  g_task_set_task_data (task, use, (GDestroyNotify) chat_use_free);
  yj_library_push (self, task, add_chat_use);
}
