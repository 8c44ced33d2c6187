/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-save"

#include "yj-save.h"

#include <glib/gi18n.h>

#include "yj-frame-grab.h"

typedef struct
{
  YjWindow *window;
  YjJob    *job;
  GFile    *target;
  gint64    position;           /* ns, of the frame */
} Saving;

static void
saving_free (Saving *saving)
{
  g_clear_object (&saving->window);
  g_clear_object (&saving->job);
  g_clear_object (&saving->target);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (YjWindow *window,
            YjJob    *job,
            gint64    position)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (window);
  saving->job = g_object_ref (job);
  saving->position = position;

  return saving;
}

/**
 * yj_save_dup_name:
 * @job: a job
 * @ending: with its dot, or empty
 *
 * Returns: (transfer full): a name for its files: the first words of the prompt, without what file systems and shells
 *   dislike
 */
char *
yj_save_dup_name (YjJob      *job,
                  const char *ending)
{
  g_autoptr(GString) name = g_string_new (NULL);
  const char *prompt = yj_job_get_prompt (job);
  guint n = 0;

  for (const char *p = prompt != NULL ? prompt : ""; *p != '\0' && n < 40; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (name, c), n++;
      else if (name->len > 0 && name->str[name->len - 1] != ' ')
        g_string_append_c (name, ' '), n++;
    }
  g_strchomp (name->str);
  if (*name->str == '\0')
    return g_strconcat ("yuanjing-", yj_job_get_uuid (job), ending, NULL);

  return g_strconcat (name->str, ending, NULL);
}

static void
tell (Saving       *saving,
      const GError *error)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (error != NULL)
    {
      yj_window_show_error (saving->window, error);
      return;
    }
  name = g_file_get_basename (saving->target);
  /* translators: the name of a file */
  text = g_strdup_printf (_("Saved as “%s”"), name);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  yj_window_add_toast (saving->window, toast);
}

static void
copied_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GError) error = NULL;

  g_file_copy_finish (G_FILE (object), result, &error);
  tell (saving, error);
}

static void
grabbed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  g_autoptr(GError) error = NULL;

  yj_frame_grab_finish (result, &error);
  tell (saving, error);
}

static GFile *
take_target (GObject      *object,
             GAsyncResult *result,
             Saving       *saving)
{
  g_autoptr(GError) error = NULL;

  saving->target = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  if (saving->target == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    yj_window_show_error (saving->window, error);

  return saving->target;
}

static void
video_target_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  GFile *target = take_target (object, result, saving);

  GFile *video = yj_job_get_file (saving->job);

  if (target != NULL)
    g_file_copy_async (video, target, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS,
                       G_PRIORITY_DEFAULT, NULL, NULL, NULL, copied_cb, g_steal_pointer (&saving));
}

static void
frame_target_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Saving) saving = user_data;
  GFile *target = take_target (object, result, saving);

  GFile *video = yj_job_get_file (saving->job);
  gint64 position = saving->position;

  if (target != NULL)
    yj_frame_grab_async (video, position, target, NULL, grabbed_cb, g_steal_pointer (&saving));
}

static void
ask (YjWindow            *window,
     const char          *title,
     const char          *name,
     GAsyncReadyCallback  callback,
     Saving              *saving)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (window), NULL, callback, saving);
}

/* ---- several at once */

typedef struct
{
  YjWindow  *window;
  GPtrArray *jobs;              /* YjJob, the next one last */
  GFile     *folder;
  guint      n_try;             /* of the name of the one at work */
  guint      n_saved;
} Heap;

static void
heap_free (Heap *heap)
{
  g_clear_object (&heap->window);
  g_clear_object (&heap->folder);
  g_ptr_array_unref (heap->jobs);
  g_free (heap);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heap, heap_free)

static void save_next (Heap *heap);

static void
one_copied_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Heap) heap = user_data;
  g_autoptr(GError) error = NULL;

  if (g_file_copy_finish (G_FILE (object), result, &error))
    heap->n_saved++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && heap->n_try < 999)
    {
      /* Nothing that is there is replaced: the same once more under another name. */
      heap->n_try++;
      save_next (g_steal_pointer (&heap));
      return;
    }
  else
    {
      yj_window_show_error (heap->window, error);
      return;
    }
  heap->n_try = 0;
  g_ptr_array_set_size (heap->jobs, (int) heap->jobs->len - 1);
  save_next (g_steal_pointer (&heap));
}

/* One after the other: the disk is the same. */
static void
save_next (Heap *heap)
{
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;
  g_autofree char *ending = NULL;
  g_autoptr(GFile) target = NULL;
  const char *dot;
  YjJob *job;

  if (heap->jobs->len == 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u video saved", "%u videos saved", heap->n_saved), heap->n_saved);

      yj_window_add_toast (heap->window, adw_toast_new (text));
      heap_free (heap);
      return;
    }

  job = heap->jobs->pdata[heap->jobs->len - 1];
  base = g_file_get_basename (yj_job_get_file (job));
  dot = strrchr (base, '.');
  ending = heap->n_try > 0 ? g_strdup_printf (" (%u)%s", heap->n_try + 1, dot != NULL ? dot : ".mp4") : g_strdup (dot != NULL ? dot : ".mp4");
  name = yj_save_dup_name (job, ending);
  target = g_file_get_child (heap->folder, name);
  g_file_copy_async (yj_job_get_file (job), target, G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL, NULL, NULL,
                     one_copied_cb, heap);
}

static void
folder_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Heap) heap = user_data;
  g_autoptr(GError) error = NULL;

  heap->folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, &error);
  if (heap->folder != NULL)
    save_next (g_steal_pointer (&heap));
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    yj_window_show_error (heap->window, error);
}

/**
 * yj_save_videos:
 * @window: the window
 * @jobs: (element-type YjJob): jobs; those without a video are left out
 *
 * Asks for a folder, and copies the videos into it byte for byte. Nothing there is replaced.
 */
void
yj_save_videos (YjWindow  *window,
                GPtrArray *jobs)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  Heap *heap;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (jobs != NULL);

  heap = g_new0 (Heap, 1);
  heap->window = g_object_ref (window);
  heap->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = jobs->len; i-- > 0;)
    if (yj_job_get_state (jobs->pdata[i]) == YJ_JOB_READY && yj_job_get_file (jobs->pdata[i]) != NULL)
      g_ptr_array_add (heap->jobs, g_object_ref (jobs->pdata[i]));
  if (heap->jobs->len == 0)
    {
      yj_window_add_toast (window, adw_toast_new (_("None of these has a video yet")));
      heap_free (heap);
      return;
    }
  gtk_file_dialog_set_title (dialog, _("Save All"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (window), NULL, folder_cb, heap);
}

/**
 * yj_save_video:
 * @window: the window
 * @job: a finished job
 *
 * Asks where to, and copies the video there byte for byte.
 */
void
yj_save_video (YjWindow *window,
               YjJob    *job)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  const char *ending;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  base = g_file_get_basename (yj_job_get_file (job));
  ending = strrchr (base, '.');
  name = yj_save_dup_name (job, ending != NULL ? ending : ".mp4");
  ask (window, _("Save Video"), name, video_target_cb, saving_new (window, job, 0));
}

/**
 * yj_save_frame:
 * @window: the window
 * @job: a finished job
 * @position: a place in its video, in ns, or `YJ_FRAME_LAST`
 *
 * Asks where to, and saves that frame in full size as a PNG.
 */
void
yj_save_frame (YjWindow *window,
               YjJob    *job,
               gint64    position)
{
  g_autofree char *name = NULL;

  g_return_if_fail (YJ_IS_WINDOW (window));
  g_return_if_fail (YJ_IS_JOB (job) && yj_job_get_file (job) != NULL);

  name = yj_save_dup_name (job, ".png");
  ask (window, _("Save Frame"), name, frame_target_cb, saving_new (window, job, position));
}
