/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-storage-group"

#include "yj-storage-group.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-long-toast.h"
#include "yj-survey.h"

#define MOST_NAMED 8

struct _YjStorageGroup
{
  AdwPreferencesGroup  parent_instance;
  AdwActionRow        *videos;
  AdwActionRow        *covers;
  AdwActionRow        *references;
  AdwActionRow        *database;
  AdwActionRow        *available;
  AdwActionRow        *vanished;
  AdwActionRow        *strays;
  YjSession           *session;
  GCancellable        *cancellable;
  YjSurvey            *survey;
};

G_DEFINE_FINAL_TYPE (YjStorageGroup, yj_storage_group, ADW_TYPE_PREFERENCES_GROUP)

static void
say (YjStorageGroup *self,
     const char     *text)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  if (dialog != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (dialog), yj_long_toast_new (text));
}

/* ---- what is there */

static void
set_size (AdwActionRow *row,
          gint64        bytes)
{
  g_autofree char *size = g_format_size ((guint64) bytes);

  adw_action_row_set_subtitle (row, size);
}

static void
show (YjStorageGroup *self)
{
  const YjSurvey *survey = self->survey;
  guint n_vanished = g_strv_length (survey->vanished);
  g_autofree char *videos = g_format_size ((guint64) survey->videos), *strays = g_format_size ((guint64) survey->strays_size);
  /* translators: %1$d: a number of videos, %2$s: their size */
  g_autofree char *all = g_strdup_printf (ngettext ("%1$d video, %2$s", "%1$d videos, %2$s", survey->n_videos), (int) survey->n_videos, videos);
  g_autofree char *gone = g_strdup_printf (ngettext ("%d video is in the gallery, but not in the folder", "%d videos are in the gallery, but not in the folder",
                                                     n_vanished), (int) n_vanished);
  /* translators: %1$d: a number of files, %2$s: their size */
  g_autofree char *left = g_strdup_printf (ngettext ("%1$d file that no video of the gallery uses, %2$s", "%1$d files that no video of the gallery uses, %2$s",
                                                     survey->strays->len), (int) survey->strays->len, strays);

  adw_action_row_set_subtitle (self->videos, all);
  set_size (self->covers, survey->covers);
  set_size (self->references, survey->references);
  set_size (self->database, survey->database);
  if (survey->available >= 0)
    set_size (self->available, survey->available);
  else
    adw_action_row_set_subtitle (self->available, _("Not known"));
  adw_action_row_set_subtitle (self->vanished, gone);
  gtk_widget_set_visible (GTK_WIDGET (self->vanished), n_vanished > 0);
  adw_action_row_set_subtitle (self->strays, left);
  gtk_widget_set_visible (GTK_WIDGET (self->strays), survey->strays->len > 0);
}

static void
surveyed_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(YjStorageGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  YjSurvey *survey = yj_library_survey_finish (YJ_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&survey, yj_survey_free);
      return;
    }
  if (survey == NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);

      say (self, text);
      return;
    }
  g_clear_pointer (&self->survey, yj_survey_free);
  self->survey = survey;
  show (self);
}

static void
look (YjStorageGroup *self)
{
  yj_library_survey_async (yj_session_get_library (self->session), self->cancellable, surveyed_cb, g_object_ref (self));
}

static void
moved_cb (YjStorageGroup *self)
{
  if (self->session != NULL)
    look (self);
}

/* ---- what has vanished */

static void
download_cb (YjStorageGroup *self)
{
  YjJobQueue *queue = yj_session_get_queue (self->session);

  for (guint i = 0; self->survey != NULL && self->survey->vanished[i] != NULL; i++)
    {
      YjJob *job = yj_job_queue_find (queue, self->survey->vanished[i]);

      if (job != NULL)
        yj_job_queue_download_again (queue, job);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->vanished), FALSE);
  say (self, _("Asking for them once more: the platform may have them no longer"));
}

/* ---- what belongs to nothing */

typedef struct
{
  YjStorageGroup *self;
  GPtrArray      *files;
  guint           n_left;       /* files that could not be moved */
} Trashing;

static void
trashing_free (gpointer data)
{
  Trashing *trashing = data;

  g_object_unref (trashing->self);
  g_ptr_array_unref (trashing->files);
  g_free (trashing);
}

static void
trash_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Trashing *trashing = task_data;

  for (guint i = 0; i < trashing->files->len; i++)
    if (!g_file_trash (g_ptr_array_index (trashing->files, i), NULL, NULL))
      trashing->n_left++;
  g_task_return_boolean (task, TRUE);
}

static void
trashed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Trashing *trashing = g_task_get_task_data (G_TASK (result));

  if (trashing->self->session == NULL)
    return;
  if (trashing->n_left > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%d file could not be moved to the trash", "%d files could not be moved to the trash",
                                                         trashing->n_left), (int) trashing->n_left);

      say (trashing->self, text);
    }
  look (trashing->self);
}

static void
trash_answered_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Trashing *trashing = user_data;
  g_autoptr(GTask) task = NULL;

  if (g_strcmp0 (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "trash") != 0)
    {
      trashing_free (trashing);
      return;
    }
  task = g_task_new (NULL, NULL, trashed_cb, NULL);
  g_task_set_task_data (task, trashing, trashing_free);
  g_task_run_in_thread (task, trash_thread);
}

static void
trash_cb (YjStorageGroup *self)
{
  g_autoptr(GString) body = g_string_new (_("They lie in the folder of the videos and no video of the gallery uses them. You can take them out of the trash again.\n"));
  GPtrArray *files = self->survey->strays;
  Trashing *trashing = g_new0 (Trashing, 1);
  AdwAlertDialog *alert;

  for (guint i = 0; i < files->len && i < MOST_NAMED; i++)
    {
      g_autofree char *name = g_file_get_basename (g_ptr_array_index (files, i));
      g_autofree char *shown = g_filename_display_name (name);

      g_string_append_printf (body, "\n%s", shown);
    }
  if (files->len > MOST_NAMED)
    g_string_append (body, "\n…");
  trashing->self = g_object_ref (self);
  trashing->files = g_ptr_array_ref (files);
  alert = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Move Files to Trash?"), body->str));
  adw_alert_dialog_add_responses (alert, "cancel", _("_Cancel"), "trash", _("_Move to Trash"), NULL);
  adw_alert_dialog_set_response_appearance (alert, "trash", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  adw_alert_dialog_choose (alert, GTK_WIDGET (self), NULL, trash_answered_cb, trashing);
}

/* ---- type */

static AdwActionRow *
add_row (YjStorageGroup *self,
         const char     *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), "…");
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return ADW_ACTION_ROW (row);
}

static AdwActionRow *
add_trouble (YjStorageGroup *self,
             const char     *title,
             const char     *label,
             GCallback       callback)
{
  AdwActionRow *row = add_row (self, title);
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_remove_css_class (GTK_WIDGET (row), "property");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  return row;
}

static void
yj_storage_group_dispose (GObject *object)
{
  YjStorageGroup *self = YJ_STORAGE_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->survey, yj_survey_free);

  G_OBJECT_CLASS (yj_storage_group_parent_class)->dispose (object);
}

static void
yj_storage_group_finalize (GObject *object)
{
  g_object_unref (YJ_STORAGE_GROUP (object)->cancellable);

  G_OBJECT_CLASS (yj_storage_group_parent_class)->finalize (object);
}

static void
yj_storage_group_class_init (YjStorageGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = yj_storage_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = yj_storage_group_finalize;
}

static void
yj_storage_group_init (YjStorageGroup *self)
{
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Space Used"));
  self->videos = add_row (self, _("Videos"));
  self->covers = add_row (self, _("Cover Pictures"));
  self->references = add_row (self, _("Attached Files"));
  self->database = add_row (self, _("Database"));
  self->available = add_row (self, _("Free on This Disk"));
  self->vanished = add_trouble (self, _("Vanished Videos"), _("_Download Again"), G_CALLBACK (download_cb));
  self->strays = add_trouble (self, _("Left-Over Files"), _("_Move to Trash…"), G_CALLBACK (trash_cb));
}

/**
 * yj_storage_group_set_session:
 * @self: a group
 * @session: an open session, whose library is looked through at once
 */
void
yj_storage_group_set_session (YjStorageGroup *self,
                              YjSession      *session)
{
  g_return_if_fail (YJ_IS_STORAGE_GROUP (self));
  g_return_if_fail (YJ_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_signal_connect_object (yj_session_get_videos_move (session), "ended", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  look (self);
}
