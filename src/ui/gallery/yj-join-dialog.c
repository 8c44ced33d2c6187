/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-join-dialog"

#include "yj-join-dialog.h"

#include <glib/gi18n.h>

#include "yj-job-text.h"
#include "yj-join-job.h"
#include "yj-poster-image.h"
#include "yj-ratio-bin.h"
#include "yj-seam.h"

#define POSTER 64               /* px */
#define ROW 62                  /* px of height, about, for the dialog to begin with */
#define SEAM 44
#define AROUND 130

struct _YjJoinDialog
{
  AdwDialog       parent_instance;

  YjWindow       *window;
  GPtrArray      *jobs;         /* of YjJob, in their order */
  YjJoinPlan     *plan;         /* of that order; NULL: not known */
  GCancellable   *looking;
  GCancellable   *joining;      /* NULL: not at work */

  GtkListBox     *list;
  GtkStack       *below;        /* the words, or the progress in their place: nothing moves */
  GtkLabel       *status;
  GtkProgressBar *progress;
  GtkWidget      *join;
  GtkWidget      *cancel;       /* in its place while it works */
};

G_DEFINE_FINAL_TYPE (YjJoinDialog, yj_join_dialog, ADW_TYPE_DIALOG)

static void fill (YjJoinDialog *self,
                  guint         focus);

/* ---- what it will be */

static char *
dup_status (const YjJoinPlan *plan)
{
  switch (plan->reason)
    {
    case YJ_JOIN_AS_IS:
      return g_strdup (_("They fit together as they are: nothing is encoded again, and no quality is lost."));
    case YJ_JOIN_SIZE:
      return g_strdup_printf (_("Their sizes differ: all are encoded again at %d × %d."), plan->width, plan->height);
    case YJ_JOIN_RATE:
      return g_strdup_printf (_("Their frame rates differ: all are encoded again at %d × %d."), plan->width, plan->height);
    case YJ_JOIN_SOUND:
      return g_strdup_printf (_("Their sound differs: all are encoded again at %d × %d."), plan->width, plan->height);
    case YJ_JOIN_CODING:
      return g_strdup_printf (_("They are encoded differently: all are encoded again at %d × %d."), plan->width, plan->height);
    }
  g_return_val_if_reached (NULL);
}

static void
planned_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  YjJoinPlan *plan = yj_join_plan_finish (result, &error);
  YjJoinDialog *self = user_data;
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (plan == NULL)
    {
      gtk_label_set_text (self->status, _("One of the videos cannot be read"));
      return;
    }
  self->plan = plan;
  text = dup_status (plan);
  gtk_label_set_text (self->status, text);
  gtk_widget_set_sensitive (self->join, self->joining == NULL);
}

static void
make_plan (YjJoinDialog *self)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->plan, yj_join_plan_free);
  gtk_widget_set_sensitive (self->join, FALSE);
  if (self->jobs->len < 2)
    {
      gtk_label_set_text (self->status, _("At least two videos are needed"));
      return;
    }
  gtk_label_set_text (self->status, _("Looking into the clips…"));
  for (guint i = 0; i < self->jobs->len; i++)
    g_ptr_array_add (files, g_object_ref (yj_job_get_file (self->jobs->pdata[i])));
  self->looking = g_cancellable_new ();
  yj_join_plan_async (files, self->looking, planned_cb, self);
}

/* ---- the order */

static void
move (YjJoinDialog *self,
      guint         from,
      guint         to)
{
  YjJob *job;

  if (from >= self->jobs->len || to >= self->jobs->len || from == to || self->joining != NULL)
    return;
  job = g_ptr_array_steal_index (self->jobs, from);
  g_ptr_array_insert (self->jobs, (int) to, job);
  fill (self, to);
}

static guint
get_index (GtkWidget *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
}

static YjJoinDialog *
get_dialog (GtkWidget *widget)
{
  return YJ_JOIN_DIALOG (gtk_widget_get_ancestor (widget, YJ_TYPE_JOIN_DIALOG));
}

static void
up_cb (GtkWidget *row)
{
  if (get_index (row) > 0)
    move (get_dialog (row), get_index (row), get_index (row) - 1);
}

static void
down_cb (GtkWidget *row)
{
  move (get_dialog (row), get_index (row), get_index (row) + 1);
}

static void
leave_out_cb (GtkWidget *row)
{
  YjJoinDialog *self = get_dialog (row);
  guint index = get_index (row);

  if (self->joining != NULL)
    return;
  g_ptr_array_remove_index (self->jobs, index);
  fill (self, index);
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint                  key,
        guint                  code,
        GdkModifierType        state,
        gpointer               user_data)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    up_cb (user_data);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    down_cb (user_data);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  move (get_dialog (user_data), g_value_get_uint (value), get_index (user_data));
  return TRUE;
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               gpointer       user_data)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (user_data);

  gtk_drag_source_set_icon (source, icon, 12, 12);
}

static void
add_button (GtkWidget  *row,
            const char *icon,
            const char *name,
            GCallback   callback,
            gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, sensitive);
  g_signal_connect_swapped (button, "clicked", callback, row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_controllers (GtkWidget *row,
                 guint      index)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  g_autoptr(GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_UINT, index);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), row);
  gtk_widget_add_controller (row, keys);
  gtk_drag_source_set_content (source, content);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
new_row (YjJoinDialog *self,
         guint         index)
{
  YjJob *job = self->jobs->pdata[index];
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *poster = g_object_new (YJ_TYPE_POSTER_IMAGE, "size", POSTER, "width-request", POSTER, "overflow", GTK_OVERFLOW_HIDDEN,
                                    "icon-name", "video-x-generic-symbolic",
                                    "file", yj_job_get_cover (job) != NULL ? yj_job_get_cover (job) : yj_job_get_file (job), NULL);
  /* as high for an upright video as for any */
  GtkWidget *bin = g_object_new (YJ_TYPE_RATIO_BIN, "ratio", 1.6, "child", poster, "valign", GTK_ALIGN_CENTER, NULL);
  g_autofree char *facts = yj_job_text_dup_facts (job);
  const char *prompt = yj_job_get_prompt (job);

  gtk_widget_add_css_class (poster, "yj-poster");
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), prompt != NULL && *prompt != '\0' ? prompt : _("Without words"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), bin);
  add_button (row, "go-up-symbolic", _("Move Up"), G_CALLBACK (up_cb), index > 0);
  add_button (row, "go-down-symbolic", _("Move Down"), G_CALLBACK (down_cb), index + 1 < self->jobs->len);
  add_button (row, "list-remove-symbolic", _("Leave Out"), G_CALLBACK (leave_out_cb), TRUE);
  add_controllers (row, index);

  return row;
}

/* @focus: which of them gets the keyboard; G_MAXUINT: none. */
static void
fill (YjJoinDialog *self,
      guint         focus)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->jobs->len; i++)
    {
      GtkWidget *row = new_row (self, i);

      if (i > 0)
        gtk_list_box_append (self->list, yj_seam_new (yj_job_get_file (self->jobs->pdata[i - 1]), yj_job_get_file (self->jobs->pdata[i])));
      gtk_list_box_append (self->list, row);
      if (focus != G_MAXUINT && i == MIN (focus, self->jobs->len - 1))
        gtk_widget_grab_focus (row);
    }
  make_plan (self);
}

/* ---- the work */

/* The keyboard goes along: without a focus inside, Escape would not be heard. */
static void
set_working (YjJoinDialog *self,
             gboolean      working)
{
  gtk_widget_set_visible (self->cancel, working);
  gtk_widget_set_visible (self->join, !working);
  gtk_widget_grab_focus (working ? self->cancel : self->join);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !working);
  gtk_stack_set_visible_child (self->below, working ? GTK_WIDGET (self->progress) : GTK_WIDGET (self->status));
}

static void
show_film_cb (AdwToast *toast,
              YjJob    *film)
{
  YjWindow *window = g_object_get_data (G_OBJECT (toast), "window");

  yj_window_show_job (window, film);
}

static void
joined_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjJoinDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjJob) film = yj_job_queue_join_finish (YJ_JOB_QUEUE (object), result, &error);

  g_clear_object (&self->joining);
  if (film == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      set_working (self, FALSE);
      yj_window_show_error (self->window, error);
    }
  else
    {
      AdwToast *toast = adw_toast_new (_("The film is in the gallery"));

      adw_toast_set_button_label (toast, _("Show"));
      g_object_set_data_full (G_OBJECT (toast), "window", g_object_ref (self->window), g_object_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_film_cb), film, 0);
      yj_window_add_toast (self->window, toast);
      adw_dialog_force_close (ADW_DIALOG (self));
    }
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  YjJoinDialog *self = user_data;

  gtk_progress_bar_set_fraction (self->progress, fraction);
}

static void
join_cb (YjJoinDialog *self)
{
  YjJobQueue *queue = yj_session_get_queue (yj_window_get_session (self->window));

  if (self->plan == NULL || self->joining != NULL)
    return;
  self->joining = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  set_working (self, TRUE);
  yj_job_queue_join_async (queue, self->jobs, self->plan, progress_cb, self, self->joining, joined_cb, g_object_ref (self));
}

static void
yj_join_dialog_closed (AdwDialog *dialog)
{
  YjJoinDialog *self = YJ_JOIN_DIALOG (dialog);

  g_cancellable_cancel (self->looking);
  g_cancellable_cancel (self->joining);
}

static void
yj_join_dialog_dispose (GObject *object)
{
  YjJoinDialog *self = YJ_JOIN_DIALOG (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->joining);
  g_clear_object (&self->window);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_clear_pointer (&self->plan, yj_join_plan_free);

  G_OBJECT_CLASS (yj_join_dialog_parent_class)->dispose (object);
}

static void
yj_join_dialog_class_init (YjJoinDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_join_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_join_dialog_closed;
}

static void
yj_join_dialog_init (YjJoinDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new (), *bar = adw_header_bar_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->join = gtk_button_new_with_mnemonic (_("_Join"));
  gtk_widget_add_css_class (self->join, "suggested-action");
  gtk_widget_set_sensitive (self->join, FALSE);
  g_signal_connect_swapped (self->join, "clicked", G_CALLBACK (join_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->join);
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_visible (self->cancel, FALSE);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (adw_dialog_close), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), self->cancel);
  self->status = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_label_set_justify (self->status, GTK_JUSTIFY_CENTER);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Joining…"), -1);
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_progress_bar_set_text (self->progress, _("Joining…"));
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  self->below = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (self->below, GTK_WIDGET (self->status));
  gtk_stack_add_child (self->below, GTK_WIDGET (self->progress));
  g_object_set (self->below, "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 12, "height-request", 40, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_object_set (self->list, "margin-start", 12, "margin-end", 12, "margin-top", 6, "margin-bottom", 12, "valign", GTK_ALIGN_START, NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scrolled);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), GTK_WIDGET (self->below));
  adw_dialog_set_title (ADW_DIALOG (self), _("Join Videos"));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 520);
}

static void
tell (YjWindow   *window,
      const char *text)
{
  yj_window_add_toast (window, adw_toast_new (text));
}

/**
 * yj_join_dialog_present:
 * @window: the window
 * @jobs: (element-type YjJob): videos; those that are not ready are left out
 *
 * Shows them in their order, which can be changed, and how well each fits the next; then makes one film of them. Where
 * they are too few or too many, it says so.
 */
void
yj_join_dialog_present (YjWindow  *window,
                        GPtrArray *jobs)
{
  g_autoptr(GPtrArray) ready = g_ptr_array_new_with_free_func (g_object_unref);
  YjJoinDialog *self;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (jobs != NULL);

  for (guint i = 0; i < jobs->len; i++)
    if (yj_job_get_state (jobs->pdata[i]) == YJ_JOB_READY && yj_job_get_file (jobs->pdata[i]) != NULL)
      g_ptr_array_add (ready, g_object_ref (jobs->pdata[i]));
  if (ready->len < 2 || ready->len > YJ_JOIN_MOST)
    {
      g_autofree char *text = g_strdup_printf (_("At most %u videos can be joined at once"), YJ_JOIN_MOST);

      tell (window, ready->len < 2 ? _("At least two videos are needed") : text);
      return;
    }
  self = g_object_new (YJ_TYPE_JOIN_DIALOG, NULL);
  self->window = g_object_ref (window);
  self->jobs = g_steal_pointer (&ready);
  adw_dialog_set_content_height (ADW_DIALOG (self), CLAMP (AROUND + (int) self->jobs->len * (ROW + SEAM), 320, 640));
  fill (self, G_MAXUINT);
  adw_dialog_present (ADW_DIALOG (self), GTK_WIDGET (window));
}
