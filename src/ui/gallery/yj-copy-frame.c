/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-copy-frame"

#include "yj-copy-frame.h"

#include <glib/gi18n.h>

#include "yj-frame-grab.h"

typedef struct
{
  YjWindow *window;
  GFile    *video;
  GFile    *png;                /* for as long as it takes */
  gint64    position;           /* ns */
} Copying;

static void
copying_free (Copying *copying)
{
  if (copying->png != NULL)
    g_file_delete_async (copying->png, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&copying->png);
  g_object_unref (copying->video);
  g_object_unref (copying->window);
  g_free (copying);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copying, copying_free)

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Copying) copying = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_file_load_bytes_finish (G_FILE (object), result, NULL, &error);
  g_autoptr(GdkContentProvider) content = NULL;

  if (bytes == NULL)
    {
      yj_window_show_error (copying->window, error);
      return;
    }

  content = gdk_content_provider_new_for_bytes ("image/png", bytes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (copying->window)), content);
  yj_window_add_toast (copying->window, adw_toast_new (_("Frame copied")));
}

static void
grabbed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Copying) copying = user_data;
  g_autoptr(GError) error = NULL;
  GFile *png = copying->png;

  if (!yj_frame_grab_finish (result, &error))
    yj_window_show_error (copying->window, error);
  else
    g_file_load_bytes_async (png, NULL, read_cb, g_steal_pointer (&copying));
}

static void
made_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Copying) copying = user_data;
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  GFile *video = copying->video;
  gint64 position = copying->position;

  copying->png = g_file_new_tmp_finish (result, &stream, &error);
  if (copying->png == NULL)
    yj_window_show_error (copying->window, error);
  else
    {
      GFile *png = copying->png;

      yj_frame_grab_async (video, position, png, NULL, grabbed_cb, g_steal_pointer (&copying));
    }
}

/**
 * yj_copy_frame:
 * @window: the window
 * @job: a finished job
 * @position: a place in its video, in ns, or `YJ_FRAME_LAST`
 *
 * Puts that frame in full size on the clipboard, as a PNG.
 */
void
yj_copy_frame (YjWindow *window,
               YjJob    *job,
               gint64    position)
{
  Copying *copying;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  copying = g_new0 (Copying, 1);
  copying->window = g_object_ref (window);
  copying->video = g_object_ref (yj_job_get_file (job));
  copying->position = position;
  g_file_new_tmp_async ("yuanjing-frame-XXXXXX.png", G_PRIORITY_DEFAULT, NULL, made_cb, copying);
}
