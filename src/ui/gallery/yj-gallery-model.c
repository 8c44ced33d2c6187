/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-model"

#include "yj-gallery-model.h"

#include <gdk/gdk.h>
#include <glib/gi18n.h>

#include "yj-day.h"

typedef struct
{
  guint  first;
  char  *title;                 /* NULL: none */
} Section;

/**
 * YjGalleryModel:
 *
 * The jobs of the queue that are shown. All of it is worked out anew when something has changed, at most once before a
 * frame: ten thousand jobs take a few milliseconds, and what has moved is told as one change.
 */
struct _YjGalleryModel
{
  GObject         parent_instance;

  YjJobQueue     *queue;
  YjCatalog      *catalog;
  char           *values[YJ_GALLERY_N_FIELDS];
  char          **words;        /* of the query, folded; NULL: none */
  YjGalleryOrder  order;

  GPtrArray      *shown;        /* YjJob */
  GHashTable     *behind;       /* how many lie behind a job that is shown, by its uuid */
  GHashTable     *positions;    /* of the jobs, from 1; empty: not asked for yet */
  GArray         *sections;
  YjDayWatch     *day;
  guint           update_id;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GType
yj_gallery_model_get_item_type (GListModel *model)
{
  return YJ_TYPE_JOB;
}

static guint
yj_gallery_model_get_n_items (GListModel *model)
{
  return YJ_GALLERY_MODEL (model)->shown->len;
}

static gpointer
yj_gallery_model_get_item (GListModel *model,
                           guint       position)
{
  GPtrArray *shown = YJ_GALLERY_MODEL (model)->shown;

  return position < shown->len ? g_object_ref (shown->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = yj_gallery_model_get_item_type;
  iface->get_n_items = yj_gallery_model_get_n_items;
  iface->get_item = yj_gallery_model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YjGalleryModel, yj_gallery_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* ---- order */

/* What was ordered together has nearly one time, and the order of its rows. */
static int
compare_newest (YjJob *a,
                YjJob *b)
{
  gint64 one = yj_job_get_created (a), other = yj_job_get_created (b);

  if (one == other)
    {
      one = yj_job_get_id (a);
      other = yj_job_get_id (b);
    }

  return one > other ? -1 : one < other;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  YjGalleryModel *self = user_data;
  YjJob *one = (YjJob *) a, *other = (YjJob *) b;
  gint64 length, other_length;
  int compared;

  switch (self->order)
    {
    case YJ_GALLERY_NEWEST:
      return compare_newest (one, other);
    case YJ_GALLERY_OLDEST:
      return compare_newest (other, one);
    case YJ_GALLERY_LONGEST:
      length = yj_job_get_duration (one);
      other_length = yj_job_get_duration (other);
      return length > other_length ? -1 : length < other_length ? 1 : compare_newest (one, other);
    case YJ_GALLERY_BY_MODEL:
      compared = g_utf8_collate (yj_gallery_get_model_title (one, self->catalog), yj_gallery_get_model_title (other, self->catalog));
      return compared != 0 ? compared : compare_newest (one, other);
    }

  g_return_val_if_reached (0);
}

/* ---- sections */

static void
add_section (YjGalleryModel *self,
             guint           first,
             char           *title)     /* taken over */
{
  Section section = { first, title };

  g_array_append_val (self->sections, section);
}

static void
clear_section (gpointer data)
{
  g_free (((Section *) data)->title);
}

static void
add_days (YjGalleryModel *self)
{
  gint64 start = 0, end = 0;
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < self->shown->len; i++)
    {
      gint64 created = yj_job_get_created (self->shown->pdata[i]);

      if (i > 0 && created >= start && created < end)
        continue;
      start = yj_day_get_start (created);
      end = yj_day_get_start (start + 26 * G_TIME_SPAN_HOUR);   /* no day has more than 25 */
      add_section (self, i, yj_day_dup_title (created, now));
    }
}

static void
add_models (YjGalleryModel *self)
{
  const char *before = NULL;

  for (guint i = 0; i < self->shown->len; i++)
    {
      const char *title = yj_gallery_get_model_title (self->shown->pdata[i], self->catalog);

      if (g_strcmp0 (title, before) != 0)
        add_section (self, i, g_strdup (title));
      before = title;
    }
}

static void
update_sections (YjGalleryModel *self)
{
  g_array_set_size (self->sections, 0);
  if (self->order == YJ_GALLERY_NEWEST || self->order == YJ_GALLERY_OLDEST)
    add_days (self);
  else if (self->order == YJ_GALLERY_BY_MODEL)
    add_models (self);
  else if (self->shown->len > 0)
    add_section (self, 0, NULL);
}

/* ---- all of it */

static gboolean
is_shown (YjGalleryModel *self,
          YjJob          *job)
{
  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    if (!yj_gallery_field_matches ((YjGalleryField) i, self->values[i], job))
      return FALSE;

  return yj_gallery_has_words (job, self->catalog, self->words);
}

/* What is folded behind one that is shown goes out of sight; behind none of them it is shown like any other. */
static void
fold (YjGalleryModel *self)
{
  g_autoptr(GHashTable) seen = NULL;
  gboolean any = FALSE;

  g_hash_table_remove_all (self->behind);
  for (guint i = 0; i < self->shown->len && !any; i++)
    any = yj_job_get_folded (self->shown->pdata[i]) != NULL;
  if (!any)
    return;
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->shown->len; i++)
    if (yj_job_get_folded (self->shown->pdata[i]) == NULL)
      g_hash_table_add (seen, (gpointer) yj_job_get_uuid (self->shown->pdata[i]));
  for (guint i = self->shown->len; i > 0; i--)
    {
      const char *uuid = yj_job_get_folded (self->shown->pdata[i - 1]);

      if (uuid == NULL || !g_hash_table_contains (seen, uuid))
        continue;
      g_hash_table_insert (self->behind, g_strdup (uuid),
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->behind, uuid)) + 1));
      g_ptr_array_remove_index (self->shown, i - 1);
    }
}

static void
tell (YjGalleryModel *self,
      GPtrArray      *old)
{
  guint most = MIN (old->len, self->shown->len), first = 0, last = 0;

  while (first < most && old->pdata[first] == self->shown->pdata[first])
    first++;
  while (last < most - first && old->pdata[old->len - 1 - last] == self->shown->pdata[self->shown->len - 1 - last])
    last++;
  if (old->len - first - last > 0 || self->shown->len - first - last > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), first, old->len - first - last, self->shown->len - first - last);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_gallery_model_update:
 * @self: a model
 *
 * Does at once what would have been done before the next frame.
 */
void
yj_gallery_model_update (YjGalleryModel *self)
{
  g_autoptr(GPtrArray) old = NULL;
  guint n;

  g_return_if_fail (YJ_IS_GALLERY_MODEL (self));

  g_clear_handle_id (&self->update_id, g_source_remove);
  old = g_steal_pointer (&self->shown);
  n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  self->shown = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (is_shown (self, job))
        g_ptr_array_add (self->shown, g_steal_pointer (&job));
    }
  fold (self);
  g_ptr_array_sort_values_with_data (self->shown, compare_cb, self);
  g_hash_table_remove_all (self->positions);
  update_sections (self);
  tell (self, old);
}

static gboolean
update_cb (gpointer user_data)
{
  YjGalleryModel *self = user_data;

  self->update_id = 0;
  yj_gallery_model_update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (YjGalleryModel *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (GDK_PRIORITY_EVENTS + 1, update_cb, self, NULL);
}

static void
job_changed_cb (YjGalleryModel *self,
                YjJob          *job)
{
  yj_gallery_forget_words (job);
  queue_update (self);
}

static void
yj_gallery_model_dispose (GObject *object)
{
  YjGalleryModel *self = YJ_GALLERY_MODEL (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->day, yj_day_watch_free);
  g_clear_object (&self->queue);
  g_clear_object (&self->catalog);

  G_OBJECT_CLASS (yj_gallery_model_parent_class)->dispose (object);
}

static void
yj_gallery_model_finalize (GObject *object)
{
  YjGalleryModel *self = YJ_GALLERY_MODEL (object);

  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    g_free (self->values[i]);
  g_strfreev (self->words);
  g_ptr_array_unref (self->shown);
  g_array_unref (self->sections);
  g_hash_table_unref (self->behind);
  g_hash_table_unref (self->positions);

  G_OBJECT_CLASS (yj_gallery_model_parent_class)->finalize (object);
}

static void
yj_gallery_model_class_init (YjGalleryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_gallery_model_dispose;
  object_class->finalize = yj_gallery_model_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
yj_gallery_model_init (YjGalleryModel *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->behind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->positions = g_hash_table_new (NULL, NULL);
  self->sections = g_array_new (FALSE, FALSE, sizeof (Section));
  g_array_set_clear_func (self->sections, clear_section);
}

/**
 * yj_gallery_model_new:
 * @queue: the jobs
 * @catalog: the models
 *
 * Returns: (transfer full): all jobs, the newest first
 */
YjGalleryModel *
yj_gallery_model_new (YjJobQueue *queue,
                      YjCatalog  *catalog)
{
  YjGalleryModel *self;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), NULL);
  g_return_val_if_fail (YJ_IS_CATALOG (catalog), NULL);

  self = g_object_new (YJ_TYPE_GALLERY_MODEL, NULL);
  self->queue = g_object_ref (queue);
  self->catalog = g_object_ref (catalog);
  self->day = yj_day_watch_new ((GSourceOnceFunc) queue_update, self);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
  yj_gallery_model_update (self);

  return self;
}

/**
 * yj_gallery_model_set_query:
 * @self: a model
 * @query: what is looked for: all of its words
 */
void
yj_gallery_model_set_query (YjGalleryModel *self,
                            const char     *query)
{
  g_return_if_fail (YJ_IS_GALLERY_MODEL (self));
  g_return_if_fail (query != NULL);

  g_strfreev (self->words);
  self->words = yj_gallery_split_words (query);
  yj_gallery_model_update (self);
}

/**
 * yj_gallery_model_set_order:
 * @self: a model
 * @order: what comes first
 */
void
yj_gallery_model_set_order (YjGalleryModel *self,
                            YjGalleryOrder  order)
{
  g_return_if_fail (YJ_IS_GALLERY_MODEL (self));

  if (self->order == order)
    return;

  self->order = order;
  yj_gallery_model_update (self);
}

/**
 * yj_gallery_model_set_value:
 * @self: a model
 * @field: what to tell jobs apart by
 * @value: (nullable): which are shown; %NULL: any
 */
void
yj_gallery_model_set_value (YjGalleryModel *self,
                            YjGalleryField  field,
                            const char     *value)
{
  g_return_if_fail (YJ_IS_GALLERY_MODEL (self));
  g_return_if_fail (field < YJ_GALLERY_N_FIELDS);

  if (g_set_str (&self->values[field], value))
    yj_gallery_model_update (self);
}

/**
 * yj_gallery_model_get_value:
 * @self: a model
 * @field: what to tell jobs apart by
 *
 * Returns: (transfer none) (nullable): which are shown; %NULL: any
 */
const char *
yj_gallery_model_get_value (YjGalleryModel *self,
                            YjGalleryField  field)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), NULL);
  g_return_val_if_fail (field < YJ_GALLERY_N_FIELDS, NULL);

  return self->values[field];
}

/**
 * yj_gallery_model_count_values:
 * @self: a model
 *
 * Returns: by how many fields it is filtered
 */
guint
yj_gallery_model_count_values (YjGalleryModel *self)
{
  guint n = 0;

  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), 0);

  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    n += self->values[i] != NULL;

  return n;
}

/**
 * yj_gallery_model_clear:
 * @self: a model
 *
 * Filters by nothing but the query.
 */
void
yj_gallery_model_clear (YjGalleryModel *self)
{
  g_return_if_fail (YJ_IS_GALLERY_MODEL (self));

  for (int i = 0; i < YJ_GALLERY_N_FIELDS; i++)
    g_clear_pointer (&self->values[i], g_free);
  yj_gallery_model_update (self);
}

/**
 * yj_gallery_model_get_queue:
 * @self: a model
 *
 * Returns: (transfer none): all jobs
 */
YjJobQueue *
yj_gallery_model_get_queue (YjGalleryModel *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), NULL);

  return self->queue;
}

/**
 * yj_gallery_model_get_catalog:
 * @self: a model
 *
 * Returns: (transfer none): the models
 */
YjCatalog *
yj_gallery_model_get_catalog (YjGalleryModel *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), NULL);

  return self->catalog;
}

/**
 * yj_gallery_model_get_job:
 * @self: a model
 * @position: which
 *
 * Returns: (transfer none) (nullable): the job there
 */
YjJob *
yj_gallery_model_get_job (YjGalleryModel *self,
                          guint           position)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), NULL);

  return position < self->shown->len ? self->shown->pdata[position] : NULL;
}

/**
 * yj_gallery_model_find:
 * @self: a model
 * @job: a job
 *
 * Returns: its position, or `G_MAXUINT` when it is not shown
 */
guint
yj_gallery_model_find (YjGalleryModel *self,
                       YjJob          *job)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), G_MAXUINT);

  if (g_hash_table_size (self->positions) == 0)
    for (guint i = 0; i < self->shown->len; i++)
      g_hash_table_insert (self->positions, self->shown->pdata[i], GUINT_TO_POINTER (i + 1));

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, job)) - 1;
}

/**
 * yj_gallery_model_count_behind:
 * @self: a model
 * @job: a job that is shown
 *
 * Returns: how many lie folded behind it
 */
guint
yj_gallery_model_count_behind (YjGalleryModel *self,
                               YjJob          *job)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), 0);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->behind, yj_job_get_uuid (job)));
}

/**
 * yj_gallery_model_get_n_jobs:
 * @self: a model
 *
 * Returns: how many are shown
 */
guint
yj_gallery_model_get_n_jobs (YjGalleryModel *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), 0);

  return self->shown->len;
}

/**
 * yj_gallery_model_get_n_sections:
 * @self: a model
 *
 * Returns: how many sections they are in
 */
guint
yj_gallery_model_get_n_sections (YjGalleryModel *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), 0);

  return self->sections->len;
}

/**
 * yj_gallery_model_get_section:
 * @self: a model
 * @section: which
 * @title: (out) (transfer none) (nullable) (optional): what stands over it
 *
 * Returns: the first of its jobs; for the number of sections the number of jobs
 */
guint
yj_gallery_model_get_section (YjGalleryModel  *self,
                              guint            section,
                              const char     **title)
{
  g_return_val_if_fail (YJ_IS_GALLERY_MODEL (self), 0);

  if (title != NULL)
    *title = section < self->sections->len ? g_array_index (self->sections, Section, section).title : NULL;

  return section < self->sections->len ? g_array_index (self->sections, Section, section).first : self->shown->len;
}
