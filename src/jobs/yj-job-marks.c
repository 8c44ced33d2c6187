/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person says of jobs: favourites, tags, what lies behind what, the trash. None of it is a step on a job's way, so it needs no lease. */
#define G_LOG_DOMAIN "yj-job-queue"

#include <gio/gio.h>

#include "yj-job-fetch.h"
#include "yj-job-queue-private.h"

typedef struct
{
  YjJobQueue *queue;
  GPtrArray  *jobs;             /* YjJob */
  YjJobMark   mark;
  gint64      value;
  char       *tag;
  char       *to;
} Saying;

static Saying *
saying_new (YjJobQueue *self,
            GPtrArray  *jobs)
{
  Saying *saying = g_new0 (Saying, 1);

  saying->queue = g_object_ref (self);
  saying->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; jobs != NULL && i < jobs->len; i++)
    g_ptr_array_add (saying->jobs, g_object_ref (jobs->pdata[i]));

  return saying;
}

static void
saying_free (Saying *saying)
{
  g_object_unref (saying->queue);
  g_ptr_array_unref (saying->jobs);
  g_free (saying->tag);
  g_free (saying->to);
  g_free (saying);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saying, saying_free)

static GArray *
list_ids (GPtrArray *jobs)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < jobs->len; i++)
    {
      gint64 id = yj_job_get_id (jobs->pdata[i]);

      g_array_append_val (ids, id);
    }

  return ids;
}

/* ---- how a row says it */

/* A line for each tag, in order; what is put in takes the place of what is taken out. */
static char *
change_tags (const char *tags,
             const char *out,
             const char *in)
{
  g_auto(GStrv) old = g_strsplit (tags != NULL ? tags : "", "\n", -1);
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; old[i] != NULL; i++)
    if (*old[i] != '\0' && g_strcmp0 (old[i], out) != 0 && g_strcmp0 (old[i], in) != 0)
      g_ptr_array_add (lines, old[i]);
  if (in != NULL)
    g_ptr_array_add (lines, (gpointer) in);
  g_ptr_array_sort_values (lines, (GCompareFunc) strcmp);
  g_ptr_array_add (lines, NULL);

  return lines->len > 1 ? g_strjoinv ("\n", (char **) lines->pdata) : NULL;
}

static gboolean
has_tag (YjJob      *job,
         const char *tag)
{
  const char * const *tags = yj_job_get_tags (job);

  return tags != NULL && g_strv_contains (tags, tag);
}

/* Gives @row what is said of the job that @from is the row of. */
void
yj_job_row_keep_marks (YjJobRow       *row,
                       const YjJobRow *from)
{
  row->favourite = from->favourite;
  row->trashed = from->trashed;
  g_set_str (&row->tags, from->tags);
  g_set_str (&row->folded, from->folded);
}

static void
show_row (YjJobQueue *self,
          YjJob      *job,
          YjJobRow   *row)
{
  yj_job_take_row (job, row);
  yj_job_queue_tell_changed (self, job);
}

/* ---- the trash */

static int
compare_trashed (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  gint64 one = yj_job_get_trashed ((YjJob *) a), other = yj_job_get_trashed ((YjJob *) b);

  return one > other ? -1 : one < other;
}

/* Puts a job, which both lists may let go, into the list that its row says. */
void
yj_job_queue_sort_in (YjJobQueue *self,
                      YjJob      *job)
{
  g_autoptr(YjJob) kept = g_object_ref (job);
  guint position;
  gboolean listed = g_ptr_array_find (self->jobs, job, NULL);

  if (yj_job_get_trashed (job) != 0 && listed)
    {
      yj_job_queue_take_out (self, job);
      g_list_store_insert_sorted (self->trash, job, compare_trashed, NULL);
    }
  else if (yj_job_get_trashed (job) == 0 && !listed)
    {
      if (g_list_store_find (self->trash, job, &position))
        g_list_store_remove (self->trash, position);
      yj_job_queue_put_in (self, job);
    }
}

/* Which of the trash has this row, lent; or %NULL. */
YjJob *
yj_job_queue_find_trashed (YjJobQueue *self,
                           gint64      id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      if (yj_job_get_id (job) == id)
        return job;             /* the list holds it */
    }

  return NULL;
}

/* The first reading of the rows. */
void
yj_job_queue_fill_trash (YjJobQueue *self,
                         GPtrArray  *jobs)
{
  g_ptr_array_sort_values_with_data (jobs, compare_trashed, NULL);
  g_list_store_splice (self->trash, 0, g_list_model_get_n_items (G_LIST_MODEL (self->trash)), jobs->pdata, jobs->len);
}

/* What has been in the trash for its days goes. */
void
yj_job_queue_purge_trash (YjJobQueue *self)
{
  g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 limit = g_get_real_time () - YJ_TRASH_DAYS * G_TIME_SPAN_DAY;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->trash), i);

      if (yj_job_get_trashed (job) < limit)
        g_ptr_array_add (old, g_steal_pointer (&job));
    }
  if (old->len > 0)
    yj_job_queue_delete_trashed (self, old);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(YjJobQueue) self = user_data;
  g_autoptr(GArray) gone = yj_library_delete_trashed_finish (YJ_LIBRARY (object), result, NULL);

  for (guint i = 0; gone != NULL && i < gone->len; i++)
    {
      YjJob *job = yj_job_queue_find_trashed (self, g_array_index (gone, gint64, i));
      guint position;

      if (job == NULL)
        continue;
      yj_job_queue_delete_files (self, job);    /* those half made, too */
      if (g_list_store_find (self->trash, job, &position))
        g_list_store_remove (self->trash, position);
    }
}

/* ---- saying it */

static void
take_mark (const Saying *saying,
           YjJob        *job)
{
  YjJobRow *row = yj_job_row_copy (job->row);
  g_autofree char *old = NULL;

  switch (saying->mark)
    {
    case YJ_JOB_MARK_FAVOURITE:
      row->favourite = saying->value != 0;
      break;
    case YJ_JOB_MARK_TRASHED:
      row->trashed = saying->value;
      break;
    case YJ_JOB_MARK_TAG:
      old = g_steal_pointer (&row->tags);
      row->tags = change_tags (old, saying->value != 0 ? NULL : saying->tag, saying->value != 0 ? saying->tag : NULL);
      break;
    case YJ_JOB_MARK_FOLDED:
      g_set_str (&row->folded, saying->tag);
      break;
    }
  show_row (saying->queue, job, row);
  if (saying->mark == YJ_JOB_MARK_TRASHED)
    yj_job_queue_sort_in (saying->queue, job);
}

static void
marked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Saying) saying = user_data;

  gboolean kept = yj_library_mark_jobs_finish (YJ_LIBRARY (object), result, NULL);

  for (guint i = 0; i < saying->jobs->len; i++)
    if (kept)
      take_mark (saying, saying->jobs->pdata[i]);
    else
      yj_job_queue_tell_changed (saying->queue, saying->jobs->pdata[i]);        /* who shows it already takes it back */
}

static void
mark (YjJobQueue *self,
      GPtrArray  *jobs,
      YjJobMark   what,
      gint64      value,
      const char *tag)
{
  g_autoptr(GArray) ids = list_ids (jobs);
  Saying *saying;

  if (jobs->len == 0)
    return;

  saying = saying_new (self, jobs);
  saying->mark = what;
  saying->value = value;
  saying->tag = g_strdup (tag);
  yj_library_mark_jobs_async (self->library, ids, what, value, tag, marked_cb, saying);
}

/**
 * yj_job_queue_set_favourites:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs
 * @favourite: whether they are some
 *
 * The jobs say so once it is on disk, as with all that is said of them.
 */
void
yj_job_queue_set_favourites (YjJobQueue *self,
                             GPtrArray  *jobs,
                             gboolean    favourite)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);

  mark (self, jobs, YJ_JOB_MARK_FAVOURITE, favourite, NULL);
}

/**
 * yj_job_queue_set_favourite:
 * @self: a queue
 * @job: a job
 * @favourite: whether it is one
 */
void
yj_job_queue_set_favourite (YjJobQueue *self,
                            YjJob      *job,
                            gboolean    favourite)
{
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();

  g_return_if_fail (YJ_IS_JOB (job));

  g_ptr_array_add (jobs, job);
  yj_job_queue_set_favourites (self, jobs, favourite);
}

/**
 * yj_job_queue_set_tag:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs
 * @tag: a word or several in one line, without space around it; nothing else is one
 * @tagged: whether they have it
 */
void
yj_job_queue_set_tag (YjJobQueue *self,
                      GPtrArray  *jobs,
                      const char *tag,
                      gboolean    tagged)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);
  g_return_if_fail (tag != NULL && *tag != '\0' && strchr (tag, '\n') == NULL);

  mark (self, jobs, YJ_JOB_MARK_TAG, tagged, tag);
}

/**
 * yj_job_queue_fold:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs
 * @behind: (nullable): the uuid of the job behind which they lie in the gallery; %NULL: behind none
 */
void
yj_job_queue_fold (YjJobQueue *self,
                   GPtrArray  *jobs,
                   const char *behind)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);

  mark (self, jobs, YJ_JOB_MARK_FOLDED, 0, behind);
}

static void
renamed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Saying) saying = user_data;
  g_autoptr(GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  YjJobQueue *self = saying->queue;

  if (!yj_library_rename_tag_finish (YJ_LIBRARY (object), result, NULL))
    return;

  for (guint i = 0; i < self->jobs->len; i++)
    g_ptr_array_add (jobs, g_object_ref (self->jobs->pdata[i]));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->trash)); i++)
    g_ptr_array_add (jobs, g_list_model_get_item (G_LIST_MODEL (self->trash), i));
  for (guint i = 0; i < jobs->len; i++)
    if (has_tag (jobs->pdata[i], saying->tag))
      {
        YjJobRow *row = yj_job_row_copy (((YjJob *) jobs->pdata[i])->row);
        g_autofree char *old = g_steal_pointer (&row->tags);

        row->tags = change_tags (old, saying->tag, saying->to);
        show_row (self, jobs->pdata[i], row);
      }
}

/**
 * yj_job_queue_rename_tag:
 * @self: a queue
 * @tag: a tag
 * @to: (nullable): its new name; %NULL: it goes from all
 *
 * On all jobs that have it.
 */
void
yj_job_queue_rename_tag (YjJobQueue *self,
                         const char *tag,
                         const char *to)
{
  Saying *saying;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (tag != NULL);

  saying = saying_new (self, NULL);
  saying->tag = g_strdup (tag);
  saying->to = g_strdup (to);
  yj_library_rename_tag_async (self->library, tag, to, renamed_cb, saying);
}

/**
 * yj_job_queue_list_tags:
 * @self: a queue
 *
 * Returns: (transfer full): every tag that a job outside the trash has, in the order of the person's language
 */
GStrv
yj_job_queue_list_tags (YjJobQueue *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) tags = NULL;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), NULL);

  for (guint i = 0; i < self->jobs->len; i++)
    for (const char * const *tag = yj_job_get_tags (self->jobs->pdata[i]); tag != NULL && *tag != NULL; tag++)
      g_hash_table_add (seen, (gpointer) *tag);
  tags = g_hash_table_get_keys_as_ptr_array (seen);
  g_ptr_array_sort_values (tags, (GCompareFunc) g_utf8_collate);
  g_ptr_array_add (tags, NULL);

  return g_strdupv ((char **) tags->pdata);
}

/**
 * yj_job_queue_trash:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs; those that have not come to their end stay
 *
 * Takes them out of the list and into the trash, with their files, for `YJ_TRASH_DAYS`.
 */
void
yj_job_queue_trash (YjJobQueue *self,
                    GPtrArray  *jobs)
{
  g_autoptr(GPtrArray) ended = g_ptr_array_new ();

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);

  for (guint i = 0; i < jobs->len; i++)
    if (yj_job_state_is_final (yj_job_get_state (jobs->pdata[i])))
      g_ptr_array_add (ended, jobs->pdata[i]);
  mark (self, ended, YJ_JOB_MARK_TRASHED, g_get_real_time (), NULL);
}

/**
 * yj_job_queue_restore:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs
 *
 * Brings back those that are in the trash, to where they were.
 */
void
yj_job_queue_restore (YjJobQueue *self,
                      GPtrArray  *jobs)
{
  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);

  mark (self, jobs, YJ_JOB_MARK_TRASHED, 0, NULL);
}

/**
 * yj_job_queue_delete_trashed:
 * @self: a queue
 * @jobs: (element-type YjJob): jobs; those that are not in the trash stay
 *
 * Deletes them for good, with their files.
 */
void
yj_job_queue_delete_trashed (YjJobQueue *self,
                             GPtrArray  *jobs)
{
  g_autoptr(GPtrArray) quiet = g_ptr_array_new ();
  g_autoptr(GArray) ids = NULL;

  g_return_if_fail (YJ_IS_JOB_QUEUE (self));
  g_return_if_fail (jobs != NULL);

  /* A row that is being written would come back by that: such a job stays for now. */
  for (guint i = 0; i < jobs->len; i++)
    if (!((YjJob *) jobs->pdata[i])->busy && ((YjJob *) jobs->pdata[i])->issued == NULL)
      g_ptr_array_add (quiet, jobs->pdata[i]);
  ids = list_ids (quiet);
  yj_library_delete_trashed_async (self->library, ids, deleted_cb, g_object_ref (self));
}

/**
 * yj_job_queue_get_trash:
 * @self: a queue
 *
 * Returns: (transfer none): what is in the trash, the last one first: a live list of #YjJob
 */
GListModel *
yj_job_queue_get_trash (YjJobQueue *self)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (self), NULL);

  return G_LIST_MODEL (self->trash);
}
