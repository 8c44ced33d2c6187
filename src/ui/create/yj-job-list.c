/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-list"

#include "yj-job-list.h"

#include <glib/gi18n.h>

#include "yj-job-row-widget.h"
#include "yj-when-painted.h"
#include "yj-window.h"

#define MOST_JOBS 20            /* that have ended, at least; the gallery has them all */
#define MOST_ROWS 120
#define FIRST_ROWS 8            /* more are not in sight at once, so that the first frame does not wait for them */

struct _YjJobList
{
  AdwBin      parent_instance;
  GtkListBox *list;
  GtkWidget  *empty;
  YjJobQueue *queue;
  GtkSorter  *sorter;           /* in the order of sending, the last one first: what was sent stays where it is */
  GListModel *sorted;
  GListModel *latest;
  guint       tick_id;          /* until the first rows have been painted */
};

G_DEFINE_FINAL_TYPE (YjJobList, yj_job_list, ADW_TYPE_BIN)

static YjJob *
dup_row_job (GtkListBoxRow *row)
{
  YjJob *job = NULL;

  if (row != NULL && gtk_list_box_row_get_child (row) != NULL)
    g_object_get (gtk_list_box_row_get_child (row), "job", &job, NULL);

  return job;
}

/* ---- what waits is drawn to another place in the line */

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            GtkListBoxRow *row)
{
  g_autoptr(YjJob) job = dup_row_job (row);

  return job != NULL && yj_job_get_line (job) > 0 ? gdk_content_provider_new_typed (YJ_TYPE_JOB, job) : NULL;
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               GtkListBoxRow *row)
{
  g_autoptr(GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (row));

  gtk_drag_source_set_icon (source, picture, 24, 24);
}

/* Only another one that waits makes room. */
static GdkDragAction
motion_cb (GtkDropTarget *target,
           double         x,
           double         y,
           GtkListBoxRow *row)
{
  g_autoptr(YjJob) job = dup_row_job (row);
  const GValue *value = gtk_drop_target_get_value (target);

  if (job == NULL || yj_job_get_line (job) == 0 || (value != NULL && g_value_get_object (value) == job))
    return 0;

  return GDK_ACTION_MOVE;
}

/* It takes the place of the one that it is dropped on. */
static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkListBoxRow *row)
{
  YjJobList *self = YJ_JOB_LIST (gtk_widget_get_ancestor (GTK_WIDGET (row), YJ_TYPE_JOB_LIST));
  g_autoptr(YjJob) place = dup_row_job (row);
  YjJob *job = g_value_get_object (value);

  if (self->queue == NULL || place == NULL || job == NULL || yj_job_get_line (place) == 0 || yj_job_get_line (job) == 0)
    return FALSE;

  yj_job_queue_move (self->queue, job, (int) yj_job_get_line (place) - (int) yj_job_get_line (job));
  return TRUE;
}

static void
let_drag (GtkListBoxRow *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (YJ_TYPE_JOB, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect (target, "enter", G_CALLBACK (motion_cb), row);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (row), GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
new_row (gpointer item,
         gpointer user_data)
{
  YjJobList *self = YJ_JOB_LIST (user_data);
  GtkWidget *row = gtk_list_box_row_new (), *widget = yj_job_row_widget_new (self->queue, YJ_JOB (item));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), widget);
  yj_job_row_widget_name (YJ_JOB_ROW_WIDGET (widget), GTK_ACCESSIBLE (row));
  let_drag (GTK_LIST_BOX_ROW (row));
  return row;
}

static void
changed_cb (YjJobList *self)
{
  gboolean any = g_list_model_get_n_items (self->latest) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (self->empty, !any);
}

/* What is still on its way is shown, however many came after it. */
static void
fit_slice (YjJobList *self)
{
  guint n = MIN (g_list_model_get_n_items (self->sorted), MOST_ROWS), most = MOST_JOBS;

  for (guint i = n; i-- > MOST_JOBS;)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (self->sorted, i);

      if (!yj_job_state_is_final (yj_job_get_state (job)))
        {
          most = i + 1;
          break;
        }
    }
  gtk_slice_list_model_set_size (GTK_SLICE_LIST_MODEL (self->latest), self->tick_id != 0 ? FIRST_ROWS : most);
}

static void
stop_waiting (YjJobList *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static void
show_all (YjJobList *self)
{
  stop_waiting (self);
  if (self->latest == NULL)
    return;

  fit_slice (self);
  gtk_list_box_invalidate_headers (self->list);
}

static void
painted_cb (gpointer user_data)
{
  YjJobList *self = user_data;

  self->tick_id = 0;
  show_all (self);
}

static int
compare_positions (gconstpointer a,
                   gconstpointer b,
                   gpointer      user_data)
{
  gint64 one = yj_job_get_position ((YjJob *) a), other = yj_job_get_position ((YjJob *) b);

  return one > other ? -1 : one < other;
}

/* The place in the line may have changed by the person's hand: the row keeps the focus. */
static void
line_changed_cb (YjJobList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, YJ_TYPE_JOB_ROW_WIDGET) : NULL;
  g_autoptr(YjJob) job = NULL;

  if (row == NULL && focus != NULL && GTK_IS_LIST_BOX_ROW (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    row = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (focus));
  if (row != NULL)
    g_object_get (row, "job", &job, NULL);
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
  fit_slice (self);
  gtk_list_box_invalidate_headers (self->list);

  for (guint i = 0; job != NULL && gtk_list_box_get_row_at_index (self->list, (int) i) != NULL; i++)
    {
      g_autoptr(YjJob) at = g_list_model_get_item (self->latest, i);

      if (at == job)
        gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)));
    }
}

/* ---- what was ordered together stands under one heading */

static char *
dup_heading (YjJobList  *self,
             const char *batch)
{
  g_autoptr(GHashTable) models = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->latest); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (self->latest, i);

      if (g_strcmp0 (yj_job_get_batch (job), batch) != 0)
        continue;
      g_hash_table_add (models, (char *) yj_job_get_model_id (job));
      n++;
    }
  if (g_hash_table_size (models) > 1)
    /* translators: heading of a group of jobs; %1$d: jobs, %2$d: models, more than one */
    return g_strdup_printf (_("Ordered together: %1$d jobs with %2$d models"), (int) n, (int) g_hash_table_size (models));

  /* translators: heading of a group of jobs that were ordered together */
  return g_strdup_printf (ngettext ("%d take", "%d takes", n), (int) n);
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  YjJobList *self = YJ_JOB_LIST (user_data);
  g_autoptr(YjJob) job = dup_row_job (row), above = dup_row_job (before);
  const char *batch = self->latest != NULL && job != NULL ? yj_job_get_batch (job) : NULL;
  const char *last = above != NULL ? yj_job_get_batch (above) : NULL;
  g_autofree char *heading = NULL;
  GtkWidget *label;

  if (batch == NULL || g_strcmp0 (batch, last) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  heading = dup_heading (self, batch);
  label = g_object_new (GTK_TYPE_LABEL, "label", heading, "xalign", 0.0f, NULL);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "batch-heading");
  gtk_list_box_row_set_header (row, label);
}

/* Alt and the arrows move what waits: up in the list is later. */
static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  YjJobList *self = YJ_JOB_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  if (focus != NULL && GTK_IS_LIST_BOX_ROW (focus))
    row = focus;
  if (row == NULL || !gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)))
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)), g_variant_get_string (args, NULL), NULL);
  return GDK_EVENT_STOP;
}

static void
activated_cb (YjJobList     *self,
              GtkListBoxRow *row)
{
  gtk_widget_activate_action (gtk_list_box_row_get_child (row), "job.show", NULL);
}

static void
yj_job_list_dispose (GObject *object)
{
  YjJobList *self = YJ_JOB_LIST (object);

  stop_waiting (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_JOB_LIST);
  g_clear_object (&self->latest);
  g_clear_object (&self->sorted);
  g_clear_object (&self->sorter);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (yj_job_list_parent_class)->dispose (object);
}

static void
yj_job_list_class_init (YjJobListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_job_list_dispose;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_cb, "s", "job.later");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_cb, "s", "job.earlier");
  gtk_widget_class_set_css_name (widget_class, "joblist");
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-job-list.ui");
  gtk_widget_class_bind_template_child (widget_class, YjJobList, list);
  gtk_widget_class_bind_template_child (widget_class, YjJobList, empty);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
yj_job_list_init (YjJobList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
}

/**
 * yj_job_list_set_queue:
 * @self: a list
 * @queue: (nullable): whose latest jobs it shows
 */
void
yj_job_list_set_queue (YjJobList  *self,
                       YjJobQueue *queue)
{
  g_return_if_fail (YJ_IS_JOB_LIST (self));

  if (self->queue == queue)
    return;

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_func (self->queue, line_changed_cb, self);
  stop_waiting (self);
  g_set_object (&self->queue, queue);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->latest);
  g_clear_object (&self->sorted);
  g_clear_object (&self->sorter);
  if (queue == NULL)
    return;

  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_positions, NULL, NULL));
  self->sorted = G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (queue)), g_object_ref (self->sorter)));
  self->latest = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (self->sorted), 0, MOST_JOBS));
  self->tick_id = yj_when_painted (GTK_WIDGET (self), painted_cb, self);
  fit_slice (self);
  gtk_list_box_bind_model (self->list, self->latest, new_row, self, NULL);
  g_signal_connect_object (self->latest, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "line-changed", G_CALLBACK (line_changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * yj_job_list_focus_job:
 * @self: a list
 * @job: (nullable): one of its jobs; %NULL, or one that is not on show: the first one
 *
 * Gives the keyboard's focus to the row of @job.
 */
void
yj_job_list_focus_job (YjJobList *self,
                       YjJob     *job)
{
  guint n, i;

  g_return_if_fail (YJ_IS_JOB_LIST (self));

  if (self->tick_id != 0)
    show_all (self);
  n = self->latest != NULL ? g_list_model_get_n_items (self->latest) : 0;
  for (i = 0; i < n; i++)
    {
      g_autoptr(YjJob) at = g_list_model_get_item (self->latest, i);

      if (at == job)
        break;
    }
  if (n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, i < n ? (int) i : 0)));
}
