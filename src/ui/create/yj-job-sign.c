/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Where the jobs lie below the form, one that fails is far from where the person looks. What went wrong while the list was
 * out of sight is counted here until the list has been seen; what nobody knows to be charged or not is told of after a
 * restart, too.
 */

#define G_LOG_DOMAIN "yj-job-sign"

#include "yj-job-sign.h"

#include <glib/gi18n.h>

#define SEEN_HEIGHT 90          /* px: who sees the heading and half of the first job sees that there is more */
#define FRAMES 3                /* after which what was just put on show has its place */

struct _YjJobSign
{
  AdwBin         parent_instance;
  GtkWidget     *button;
  GtkLabel      *label;
  GtkWidget     *list;          /* where the jobs are seen; weak */
  GtkAdjustment *scrolled;      /* by which it moves; NULL while it is nowhere */
  YjJobQueue    *queue;
  GHashTable    *known;         /* of YjJob: they are in trouble */
  GHashTable    *unseen;        /* of YjJob: those of them that are to be told of */
  guint          frames;
};

G_DEFINE_FINAL_TYPE (YjJobSign, yj_job_sign, ADW_TYPE_BIN)

static gboolean
is_in_trouble (YjJob *job)
{
  YjJobState state = yj_job_get_state (job);

  return state == YJ_JOB_FAILED || state == YJ_JOB_EXPIRED || state == YJ_JOB_UNCONFIRMED;
}

/* ---- what is said */
static char *
dup_words (YjJobSign *self)
{
  guint n = g_hash_table_size (self->unseen), unconfirmed = 0;
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    unconfirmed += yj_job_get_state (job) == YJ_JOB_UNCONFIRMED;

  if (unconfirmed == n)
    return g_strdup_printf (ngettext ("%d job is unconfirmed: it may have been charged",
                                      "%d jobs are unconfirmed: they may have been charged", n), (int) n);
  if (unconfirmed == 0)
    return g_strdup_printf (ngettext ("%d job has failed", "%d jobs have failed", n), (int) n);

  /* translators: %1$d: jobs, %2$d: how many of them are unconfirmed */
  return g_strdup_printf (_("%1$d jobs need a look, %2$d of them unconfirmed"), (int) n, (int) unconfirmed);
}

static void
show_words (YjJobSign *self)
{
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), g_hash_table_size (self->unseen) > 0);
  if (g_hash_table_size (self->unseen) == 0)
    return;

  words = dup_words (self);
  gtk_label_set_label (self->label, words);
}

/* ---- what has been seen */
static gboolean
is_list_in_sight (YjJobSign *self)
{
  GtkWidget *pane = self->list != NULL ? gtk_widget_get_ancestor (self->list, GTK_TYPE_SCROLLED_WINDOW) : NULL;
  graphene_rect_t box;

  return pane != NULL && gtk_widget_get_mapped (self->list) && gtk_widget_compute_bounds (self->list, pane, &box) &&
         box.size.height > 0 && box.origin.y + MIN (box.size.height, SEEN_HEIGHT) <= (float) gtk_widget_get_height (pane);
}

static void
look (YjJobSign *self)
{
  if (g_hash_table_size (self->unseen) == 0 || !is_list_in_sight (self))
    return;

  g_hash_table_remove_all (self->unseen);
  show_words (self);
}

static gboolean
placed_cb (GtkWidget     *list,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  YjJobSign *self = user_data;

  if (self->frames > 0 && --self->frames > 0)
    return G_SOURCE_CONTINUE;

  look (self);
  return G_SOURCE_REMOVE;
}

/* Once what moves has its place. */
static void
look_soon (YjJobSign *self)
{
  if (self->frames == 0)
    gtk_widget_add_tick_callback (self->list, placed_cb, g_object_ref (self), g_object_unref);
  self->frames = FRAMES;
}

/* It is on show again, perhaps elsewhere. */
static void
list_map_cb (YjJobSign *self)
{
  GtkWidget *pane = gtk_widget_get_ancestor (self->list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *scrolled = pane != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (pane)) : NULL;

  if (self->scrolled != NULL)
    g_signal_handlers_disconnect_by_func (self->scrolled, look_soon, self);
  g_set_object (&self->scrolled, scrolled);
  if (self->scrolled != NULL)
    g_signal_connect_object (self->scrolled, "value-changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  look_soon (self);
}

/* ---- the jobs */
static void
job_changed_cb (YjJobSign *self,
                YjJob     *job)
{
  if (is_in_trouble (job) == g_hash_table_contains (self->known, job))
    return;

  if (!is_in_trouble (job))
    {
      g_hash_table_remove (self->unseen, job);
      g_hash_table_remove (self->known, job);
    }
  else
    {
      g_hash_table_add (self->known, g_object_ref (job));
      if (!is_list_in_sight (self))
        g_hash_table_add (self->unseen, g_object_ref (job));
    }
  show_words (self);
}

static gboolean
is_gone (gpointer job,
         gpointer value,
         gpointer queue)
{
  return yj_job_queue_find (queue, yj_job_get_uuid (job)) != job;
}

static void
jobs_changed_cb (YjJobSign *self,
                 guint      position,
                 guint      removed,
                 guint      added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      if (!is_in_trouble (job) || g_hash_table_contains (self->known, job))
        continue;
      g_hash_table_add (self->known, g_object_ref (job));
      if (yj_job_get_state (job) == YJ_JOB_UNCONFIRMED && !is_list_in_sight (self))
        g_hash_table_add (self->unseen, g_object_ref (job));
    }
  if (removed > 0)
    g_hash_table_foreach_remove (self->unseen, is_gone, self->queue);
  show_words (self);
}

/* ---- type */
static void
yj_job_sign_dispose (GObject *object)
{
  YjJobSign *self = YJ_JOB_SIGN (object);

  g_clear_weak_pointer (&self->list);
  g_clear_object (&self->scrolled);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->unseen, g_hash_table_unref);

  G_OBJECT_CLASS (yj_job_sign_parent_class)->dispose (object);
}

static void
yj_job_sign_class_init (YjJobSignClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_job_sign_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "jobsign");
}

static void
yj_job_sign_init (YjJobSign *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *clamp = adw_clamp_new ();

  self->known = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->unseen = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "hexpand", TRUE, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-down-symbolic"));
  self->button = g_object_new (GTK_TYPE_BUTTON, "child", box, "action-name", "create.show-jobs",
                               "tooltip-text", _("Show These Jobs"), NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "caption");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->button);
  adw_bin_set_child (ADW_BIN (self), clamp);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * yj_job_sign_set_list:
 * @self: a sign
 * @list: where the jobs are seen, inside something that scrolls, wherever that is at a time
 */
void
yj_job_sign_set_list (YjJobSign *self,
                      GtkWidget *list)
{
  g_return_if_fail (YJ_IS_JOB_SIGN (self));
  g_return_if_fail (self->list == NULL);

  g_set_weak_pointer (&self->list, list);
  g_signal_connect_object (list, "map", G_CALLBACK (list_map_cb), self, G_CONNECT_SWAPPED);
}

/**
 * yj_job_sign_set_queue:
 * @self: a sign
 * @queue: (nullable): the jobs that it tells of
 */
void
yj_job_sign_set_queue (YjJobSign  *self,
                       YjJobQueue *queue)
{
  g_return_if_fail (YJ_IS_JOB_SIGN (self));

  if (self->queue == queue)
    return;

  if (self->queue != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->queue, job_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->queue, jobs_changed_cb, self);
    }
  g_hash_table_remove_all (self->known);
  g_hash_table_remove_all (self->unseen);
  g_set_object (&self->queue, queue);
  if (queue != NULL)
    {
      g_signal_connect_object (queue, "job-changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (queue, "items-changed", G_CALLBACK (jobs_changed_cb), self, G_CONNECT_SWAPPED);
      jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (queue)));
    }
  show_words (self);
}

/**
 * yj_job_sign_dup_job:
 * @self: a sign
 *
 * Returns: (transfer full) (nullable): the latest of the jobs that it tells of
 */
YjJob *
yj_job_sign_dup_job (YjJobSign *self)
{
  YjJob *latest = NULL;
  GHashTableIter iter;
  gpointer job;

  g_return_val_if_fail (YJ_IS_JOB_SIGN (self), NULL);

  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    if (latest == NULL || yj_job_get_position (job) > yj_job_get_position (latest))
      latest = job;

  return latest != NULL ? g_object_ref (latest) : NULL;
}
