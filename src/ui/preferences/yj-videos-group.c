/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-videos-group"

#include "yj-videos-group.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-long-toast.h"
#include "yj-videos-place.h"

struct _YjVideosGroup
{
  AdwPreferencesGroup  parent_instance;
  AdwActionRow        *place_row;
  GtkWidget           *back_row;
  AdwActionRow        *progress_row;
  GtkProgressBar      *progress_bar;
  AdwActionRow        *unfinished_row;
  GtkWidget           *discard_row;
  YjSession           *session;
  GCancellable        *cancellable;     /* of looking where they are; cancelled when the group goes */
  gboolean             elsewhere;
  gboolean             unfinished;
};

G_DEFINE_FINAL_TYPE (YjVideosGroup, yj_videos_group, ADW_TYPE_PREFERENCES_GROUP)

/**
 * yj_videos_text_dup:
 * @error: (nullable): what kept the videos from being moved
 *
 * Returns: (transfer full) (nullable): what to say of it, and that they were moved where nothing did; %NULL: nothing, since
 *   the person gave it up
 */
char *
yj_videos_text_dup (const GError *error)
{
  if (error == NULL)
    return g_strdup (_("The videos were moved"));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_("There is not enough room for the videos in that folder. Nothing was moved: free some space there, or choose another one."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_RECURSE))
    return g_strdup (_("The videos lie in that folder already. Choose another one."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return g_strdup (_("Nothing can be written to that folder. Choose another one."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_("The folder is not there any more. Connect the disk it is on, or choose another one."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return g_strdup (_("Another window of Yuanjing is moving the videos already."));

  return g_strdup_printf (_("The videos were not moved: %s"), error->message);
}

static void
say (YjVideosGroup *self,
     const char    *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), yj_long_toast_new (text));
}

/* ---- what is shown */

static void
update_rows (YjVideosGroup *self)
{
  gboolean running = self->session != NULL && yj_videos_move_get_running (yj_session_get_videos_move (self->session));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self->place_row), !running);
  gtk_widget_set_visible (self->back_row, !running && self->elsewhere);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_row), running);
  gtk_widget_set_visible (GTK_WIDGET (self->unfinished_row), !running && self->unfinished);
  gtk_widget_set_visible (self->discard_row, !running && self->unfinished);
  /* with a row the focus would go out of the dialog, and the keyboard with it */
  if (focused && !gtk_widget_get_mapped (focus))
    gtk_widget_child_focus (GTK_WIDGET (running ? self->progress_row : self->place_row), GTK_DIR_TAB_FORWARD);
}

static void
show_place (YjVideosGroup       *self,
            const YjVideosPlace *place)
{
  g_autofree char *path = place->elsewhere != NULL ? g_filename_display_name (place->elsewhere)
                                                   : g_file_get_parse_name (yj_library_get_videos_folder (yj_session_get_library (self->session)));
  /* translators: %s: a folder */
  g_autofree char *gone = g_strdup_printf (_("%s is not there. Connect the disk it is on."), path);

  self->elsewhere = place->elsewhere != NULL;
  adw_action_row_set_subtitle (self->place_row, place->gone ? gone : path);
  if (place->gone)
    gtk_widget_add_css_class (GTK_WIDGET (self->place_row), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->place_row), "warning");
  self->unfinished = place->unfinished != NULL;
  if (self->unfinished)
    {
      g_autofree char *name = g_filename_display_name (place->unfinished);
      /* translators: %s: a folder */
      g_autofree char *text = g_strdup_printf (_("The copying to %s was cut off. All videos are still where they were."), name);

      adw_action_row_set_subtitle (self->unfinished_row, text);
    }
  update_rows (self);
}

static void
look_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, yj_videos_place_look (task_data), (GDestroyNotify) yj_videos_place_free);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjVideosPlace) place = g_task_propagate_pointer (G_TASK (result), NULL);

  if (place != NULL && YJ_VIDEOS_GROUP (object)->session != NULL)
    show_place (YJ_VIDEOS_GROUP (object), place);
}

static void
look (YjVideosGroup *self)
{
  g_autoptr(GTask) task = g_task_new (self, self->cancellable, looked_cb, NULL);

  g_task_set_task_data (task, g_file_get_path (yj_library_get_folder (yj_session_get_library (self->session))), g_free);
  g_task_run_in_thread (task, look_thread);
}

static void
fraction_cb (YjVideosGroup *self)
{
  double fraction;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  g_object_get (yj_session_get_videos_move (self->session), "fraction", &fraction, NULL);
  text = g_strdup_printf (_("%d %%"), (int) (fraction * 100));
  adw_action_row_set_subtitle (self->progress_row, text);
  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
}

static void
ended_cb (YjVideosGroup *self,
          const GError  *error)
{
  g_autofree char *text = yj_videos_text_dup (error);

  if (self->session == NULL)
    return;
  if (text != NULL)
    say (self, text);
  look (self);
}

/* ---- what is asked for */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjVideosGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, &error);

  if (self->session == NULL)
    return;
  if (folder == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
          !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
        {
          g_autofree char *text = yj_error_text_dup (error);

          say (self, text);
        }
      return;
    }
  if (g_file_peek_path (folder) == NULL)
    say (self, _("Choose a folder on this computer, or on a disk connected to it."));
  else
    yj_videos_move_start (yj_session_get_videos_move (self->session), folder);
}

static void
move_cb (YjVideosGroup *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _("Choose Where to Keep the Videos"));
  gtk_file_dialog_set_accept_label (dialog, _("_Move Here"));
  gtk_file_dialog_select_folder (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, chosen_cb, g_object_ref (self));
}

static void
back_cb (YjVideosGroup *self)
{
  yj_videos_move_start (yj_session_get_videos_move (self->session), NULL);
}

static void
resume_cb (YjVideosGroup *self)
{
  yj_videos_move_resume (yj_session_get_videos_move (self->session));
}

static void
discard_cb (YjVideosGroup *self)
{
  yj_videos_move_discard (yj_session_get_videos_move (self->session));
}

static void
cancel_cb (YjVideosGroup *self)
{
  yj_videos_move_cancel (yj_session_get_videos_move (self->session));
}

/* ---- type */

static AdwActionRow *
add_row (YjVideosGroup *self,
         const char    *title,
         const char    *label,
         GCallback      callback)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_mnemonic (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_ACTION_ROW (row);
}

static GtkWidget *
add_button (YjVideosGroup *self,
            const char    *label,
            GCallback      callback)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", callback, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static void
yj_videos_group_dispose (GObject *object)
{
  YjVideosGroup *self = YJ_VIDEOS_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_videos_group_parent_class)->dispose (object);
}

static void
yj_videos_group_finalize (GObject *object)
{
  g_object_unref (YJ_VIDEOS_GROUP (object)->cancellable);

  G_OBJECT_CLASS (yj_videos_group_parent_class)->finalize (object);
}

static void
yj_videos_group_class_init (YjVideosGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_videos_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = yj_videos_group_finalize;
}

static void
yj_videos_group_init (YjVideosGroup *self)
{
  self->cancellable = g_cancellable_new ();
  self->place_row = add_row (self, _("Folder of the Videos"), _("_Move…"), G_CALLBACK (move_cb));
  adw_action_row_set_subtitle_selectable (self->place_row, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->place_row), "property");
  self->back_row = add_button (self, _("Move _Back Into the Library"), G_CALLBACK (back_cb));
  self->progress_row = add_row (self, _("Moving the Videos"), _("_Cancel"), G_CALLBACK (cancel_cb));
  self->progress_bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->progress_bar), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->progress_bar), 60, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Moving the Videos"), -1);
  adw_action_row_add_prefix (self->progress_row, GTK_WIDGET (self->progress_bar));
  self->unfinished_row = add_row (self, _("Moving Was Interrupted"), _("C_ontinue"), G_CALLBACK (resume_cb));
  self->discard_row = add_button (self, _("_Delete the Copies and Stay Here"), G_CALLBACK (discard_cb));
  update_rows (self);
}

/**
 * yj_videos_group_set_session:
 * @self: a group
 * @session: an open session
 */
void
yj_videos_group_set_session (YjVideosGroup *self,
                             YjSession     *session)
{
  YjVideosMove *move;

  g_return_if_fail (YJ_IS_VIDEOS_GROUP (self));
  g_return_if_fail (YJ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  move = yj_session_get_videos_move (session);
  g_signal_connect_object (move, "notify::running", G_CALLBACK (update_rows), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (move, "notify::fraction", G_CALLBACK (fraction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (move, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  fraction_cb (self);
  look (self);
}
