/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-export-recipe"

#include "yj-export-recipe.h"

#include <glib/gi18n.h>

#include "yj-recipe-file.h"
#include "yj-save.h"

typedef struct
{
  YjWindow *window;
  YjJob    *job;
} Exporting;

static void
exporting_free (Exporting *exporting)
{
  g_object_unref (exporting->window);
  g_object_unref (exporting->job);
  g_free (exporting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exporting, exporting_free)

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Exporting) exporting = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) folder = yj_recipe_export_finish (result, &error);
  g_autofree char *name = NULL, *text = NULL;
  AdwToast *toast;

  if (folder == NULL)
    {
      yj_window_show_error (exporting->window, error);
      return;
    }
  name = g_file_get_basename (folder);
  /* translators: the name of a folder */
  text = g_strdup_printf (_("Exported to the folder “%s”"), name);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  yj_window_add_toast (exporting->window, toast);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Exporting) exporting = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, &error);
  g_autofree char *name = yj_save_dup_name (exporting->job, "");
  YjJobQueue *queue = yj_session_get_queue (yj_window_get_session (exporting->window));
  YjJob *job = exporting->job;

  if (folder != NULL)
    yj_recipe_export_async (queue, job, folder, name, NULL, exported_cb, g_steal_pointer (&exporting));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    yj_window_show_error (exporting->window, error);
}

/**
 * yj_export_recipe:
 * @window: the window
 * @job: a finished job
 *
 * Asks for a folder, and makes one in it that holds a copy of the video, the recipe as JSON, and its references. The
 * JSON can be dropped on Create.
 */
void
yj_export_recipe (YjWindow *window,
                  YjJob    *job)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  Exporting *exporting;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  exporting = g_new (Exporting, 1);
  exporting->window = g_object_ref (window);
  exporting->job = g_object_ref (job);
  gtk_file_dialog_set_title (dialog, _("Export with Recipe"));
  gtk_file_dialog_set_accept_label (dialog, _("_Export Here"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (window), NULL, chosen_cb, exporting);
}
