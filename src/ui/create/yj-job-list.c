/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-list"

#include "yj-job-list.h"

#include "yj-job-row-widget.h"
#include "yj-window.h"

#define MOST_JOBS 20            /* the gallery has them all */

struct _YjJobList
{
  AdwBin      parent_instance;
  GtkListBox *list;
  GtkWidget  *empty;
  YjJobQueue *queue;
  GListModel *latest;
};

G_DEFINE_FINAL_TYPE (YjJobList, yj_job_list, ADW_TYPE_BIN)

static GtkWidget *
new_row (gpointer item,
         gpointer user_data)
{
  YjJobList *self = YJ_JOB_LIST (user_data);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), yj_job_row_widget_new (self->queue, YJ_JOB (item)));
  return row;
}

static void
changed_cb (YjJobList *self)
{
  gboolean any = g_list_model_get_n_items (self->latest) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (self->empty, !any);
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

  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_JOB_LIST);
  g_clear_object (&self->latest);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (yj_job_list_parent_class)->dispose (object);
}

static void
yj_job_list_class_init (YjJobListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_job_list_dispose;

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

  if (!g_set_object (&self->queue, queue))
    return;

  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->latest);
  if (queue == NULL)
    return;

  self->latest = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (queue)), 0, MOST_JOBS));
  gtk_list_box_bind_model (self->list, self->latest, new_row, self, NULL);
  g_signal_connect_object (self->latest, "items-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
