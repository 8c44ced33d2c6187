/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-finder"

#include "yj-finder-private.h"

#include "yj-schema.h"
#include "yj-search.h"

/**
 * YjFinder:
 *
 * Finds videos by their prompts and tags, and conversations by all that was said in them, in a library that it does not
 * open as the app does: it makes, migrates and changes nothing, and where there is no library, or one of another version,
 * it finds nothing. All of it happens on a thread of its own.
 */

struct _YjFinder
{
  GObject     parent_instance;
  char       *folder;
  YjDatabase *database;

  /* on its thread only */
  gboolean    open;
  GArray     *members;          /* of the search; NULL: not asked yet */
};

G_DEFINE_FINAL_TYPE (YjFinder, yj_finder, G_TYPE_OBJECT)

void
yj_finding_free (YjFinding *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self->snippet);
  g_free (self->state);
  g_free (self->model_id);
  g_free (self->model_name);
  g_free (self->cover);
  g_free (self);
}

static void
yj_finder_dispose (GObject *object)
{
  YjFinder *self = YJ_FINDER (object);

  /* what is queued holds a reference: nothing is under way */
  g_clear_pointer (&self->database, yj_database_stop);

  G_OBJECT_CLASS (yj_finder_parent_class)->dispose (object);
}

static void
yj_finder_finalize (GObject *object)
{
  YjFinder *self = YJ_FINDER (object);

  g_clear_pointer (&self->members, g_array_unref);
  g_free (self->folder);

  G_OBJECT_CLASS (yj_finder_parent_class)->finalize (object);
}

static void
yj_finder_class_init (YjFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_finder_dispose;
  object_class->finalize = yj_finder_finalize;
}

static void
yj_finder_init (YjFinder *self)
{
  self->database = yj_database_new ();
}

/**
 * yj_finder_new:
 * @folder: where `library.db` may lie
 *
 * Nothing is opened before the first question.
 *
 * Returns: (transfer full): a finder
 */
YjFinder *
yj_finder_new (const char *folder)
{
  YjFinder *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (YJ_TYPE_FINDER, NULL);
  self->folder = g_strdup (folder);

  return self;
}

/**
 * yj_finder_is_query:
 * @query: what was typed
 *
 * One letter is the beginning of something else that is meant; one character of a script without spaces is a word.
 *
 * Returns: whether it is enough to look for
 */
gboolean
yj_finder_is_query (const char *query)
{
  guint n = 0;

  g_return_val_if_fail (query != NULL, FALSE);

  for (const char *p = query; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (yj_search_stands_alone (c))
        return TRUE;
      n += !g_unichar_isspace (c);
    }

  return n > 1;
}

/**
 * yj_finder_is_job:
 * @name: a name of something found
 *
 * Returns: whether it is a video, else a conversation
 */
gboolean
yj_finder_is_job (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return g_str_has_prefix (name, YJ_FINDER_JOB);
}

/* ---- on the thread */

static void
let_go (YjFinder   *self,
        YjDatabase *database)
{
  yj_database_close (database);
  self->open = FALSE;
  g_clear_pointer (&self->members, g_array_unref);
}

/* The file may have been moved, deleted, made or brought to a newer version since the last question. */
static gboolean
ensure_open (YjFinder    *self,
             YjDatabase  *database,
             GError     **error)
{
  if (self->open && (yj_database_is_moved (database) || !yj_schema_is_newest (database, NULL)))
    let_go (self, database);
  if (self->open)
    return TRUE;

  self->open = yj_database_open_to_read (database, self->folder, error);
  if (self->open)
    self->members = yj_search_members_new ();

  return self->open;
}

typedef struct
{
  char      *query;
  GStrv      names;             /* NULL: everything */
} Question;

static void
question_free (Question *question)
{
  g_free (question->query);
  g_strfreev (question->names);
  g_free (question);
}

static GTask *
ask (YjFinder            *self,
     gpointer             tag,
     const char          *query,
     const char * const  *names,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->query = g_utf8_make_valid (query, -1);
  question->names = g_strdupv ((char **) names);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);

  return task;
}

/* ---- finding */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const YjFound *x = a, *y = b;

  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;

  return x->when > y->when ? -1 : x->when < y->when;
}

static GStrv
take_names (GPtrArray *found)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_ptr_array_sort_values (found, compare);
  for (guint i = 0; i < found->len; i++)
    g_strv_builder_take (builder, g_steal_pointer (&((YjFound *) found->pdata[i])->name));

  return g_strv_builder_end (builder);
}

static void
find (YjDatabase *database,
      GTask      *task,
      gpointer    task_data)
{
  YjFinder *self = g_task_get_source_object (task);
  Question *question = task_data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GPtrArray) words = yj_finder_words_new (question->query);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_found_free);
  g_autoptr(GHashTable) among = NULL;
  GError *error = NULL;

  if (question->names != NULL)
    {
      among = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; question->names[i] != NULL; i++)
        g_hash_table_add (among, question->names[i]);
    }
  if (ensure_open (self, database, &error) &&
      yj_finder_find_jobs (database, words, among, found, cancellable, &error) &&
      yj_finder_find_conversations (database, self->members, question->query, words, among, found, cancellable, &error))
    g_task_return_pointer (task, take_names (found), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

/**
 * yj_finder_find_async:
 * @self: a finder
 * @query: words, divided by white space
 * @among: (nullable): names that were found for a part of @query, %NULL: everything
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks for the jobs whose prompt and tags hold every word, and for the conversations as of
 * [method@Yj.Library.search_async]. A word is found from its beginning on, one of a script without spaces anywhere. Trash
 * is not searched. Fails with any `YJ_LIBRARY_ERROR` where there is no library of this version.
 */
void
yj_finder_find_async (YjFinder            *self,
                      const char          *query,
                      const char * const  *among,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (YJ_IS_FINDER (self));
  g_return_if_fail (query != NULL);

  yj_database_push (self->database, ask (self, yj_finder_find_async, query, among, cancellable, callback, user_data), find);
}

/**
 * yj_finder_find_finish:
 * @self: a finder
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): names of what was found. First what is a video, or has the words in its title, then
 *   conversations that speak of it, then jobs that came to nothing; in each the latest first
 */
GStrv
yj_finder_find_finish (YjFinder      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- describing */

static void
describe (YjDatabase *database,
          GTask      *task,
          gpointer    task_data)
{
  YjFinder *self = g_task_get_source_object (task);
  Question *question = task_data;
  g_autoptr(GPtrArray) words = yj_finder_words_new (question->query);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_finding_free);
  GError *error = NULL;

  if (ensure_open (self, database, &error))
    for (guint i = 0; question->names[i] != NULL && error == NULL; i++)
      {
        YjFinding *finding = g_new0 (YjFinding, 1);

        g_ptr_array_add (findings, finding);
        finding->name = g_strdup (question->names[i]);
        if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
          yj_finder_describe (database, self->folder, question->query, words, finding, g_task_get_cancellable (task), &error);
      }
  if (error == NULL)
    g_task_return_pointer (task, g_steal_pointer (&findings), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * yj_finder_describe_async:
 * @self: a finder
 * @names: what was found
 * @query: by which words, or empty
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Reads what there is to say of each.
 */
void
yj_finder_describe_async (YjFinder            *self,
                          const char * const  *names,
                          const char          *query,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (YJ_IS_FINDER (self));
  g_return_if_fail (names != NULL);
  g_return_if_fail (query != NULL);

  yj_database_push (self->database, ask (self, yj_finder_describe_async, query, names, cancellable, callback, user_data), describe);
}

/**
 * yj_finder_describe_finish:
 * @self: a finder
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (element-type YjFinding): one for each name, in their order
 */
GPtrArray *
yj_finder_describe_finish (YjFinder      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- closing */

static void
close_file (YjDatabase *database,
            GTask      *task,
            gpointer    task_data)
{
  let_go (g_task_get_source_object (task), database);
  g_task_return_boolean (task, TRUE);
}

/**
 * yj_finder_close_async:
 * @self: a finder
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Lets go of the file, once what was asked before has been answered.
 */
void
yj_finder_close_async (YjFinder            *self,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YJ_IS_FINDER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, yj_finder_close_async);
  yj_database_push (self->database, task, close_file);
}

/**
 * yj_finder_close_finish:
 * @self: a finder
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
yj_finder_close_finish (YjFinder      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
