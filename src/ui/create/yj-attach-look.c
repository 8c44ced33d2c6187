/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Looks at one place that a person pointed at, in steps that each wait without blocking: it is fetched when it is on the
 * web; then the file system says what it is; a folder is listed; a file is looked into by the jailed helper; and at last
 * the file system is asked again, whether it changed meanwhile.
 */

#define G_LOG_DOMAIN "yj-attach-look"

#include "yj-attach-look.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#include "yj-error-text.h"
#include "yj-web-fetch.h"

#define ATTRIBUTES "standard::type,standard::size,unix::mode," YJ_ATTACH_LOOK_STAMP
#define MAX_ENTRIES 5000        /* of a folder, looked at */
#define MAX_CHILDREN 60         /* of a folder, taken */
#define FRESH_SECONDS 15        /* a file so young that is damaged is probably still being written */

typedef struct
{
  GFile        *file;           /* NULL until fetched */
  gboolean      fetched;
  gboolean      glance;
  gint64        size;           /* when it was first seen */
  gint64        modified;       /* s since 1970 */
  YjAttachLook *look;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->file);
  g_clear_pointer (&work->look, yj_attach_look_free);
  g_free (work);
}

/**
 * yj_attach_look_free:
 * @look: (transfer full): what was found
 */
void
yj_attach_look_free (YjAttachLook *look)
{
  g_clear_object (&look->file);
  g_clear_pointer (&look->info, yj_media_info_free);
  g_clear_pointer (&look->children, g_ptr_array_unref);
  g_free (look->refusal);
  g_free (look->note);
  g_free (look);
}

/**
 * yj_attach_look_dup_folder:
 *
 * Returns: (transfer full): the folder of pictures that had no file, in the user's cache
 */
GFile *
yj_attach_look_dup_folder (void)
{
  const char *library = g_getenv ("YUANJING_DATA_DIR");
  /* Another library has a folder of its own: each tidies what it does not need. */
  g_autofree char *hash = library != NULL && *library != '\0' ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, library, -1) : NULL;
  g_autofree char *name = hash != NULL ? g_strdup_printf ("pasted-%.16s", hash) : g_strdup ("pasted");
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "yuanjing", name, NULL);

  return g_file_new_for_path (path);
}

static void
give (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  g_set_object (&work->look->file, work->file);
  g_task_return_pointer (task, g_steal_pointer (&work->look), (GDestroyNotify) yj_attach_look_free);
  g_object_unref (task);
}

static void
refuse (GTask      *task,
        const char *sentence)
{
  Work *work = g_task_get_task_data (task);

  work->look->refusal = g_strdup (sentence);
  give (task);
}

/* A cancelled task is told as an error; everything else is a sentence. */
static gboolean
was_cancelled (GTask  *task,
               GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  g_task_return_error (task, g_error_copy (error));
  g_object_unref (task);
  return TRUE;
}

static gint64
get_time (GFileInfo  *info,
          const char *seconds,
          const char *rest)
{
  return (gint64) g_file_info_get_attribute_uint64 (info, seconds) * G_USEC_PER_SEC + g_file_info_get_attribute_uint32 (info, rest);
}

/**
 * yj_attach_look_get_stamp:
 * @info: of a file, with %YJ_ATTACH_LOOK_STAMP
 *
 * Who keeps the time at which a file was modified while writing it, as copying programs do, cannot keep the time at which
 * it was changed; where a file system knows no such time, it is older.
 *
 * Returns: µs since 1970
 */
gint64
yj_attach_look_get_stamp (GFileInfo *info)
{
  return MAX (get_time (info, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC),
              get_time (info, G_FILE_ATTRIBUTE_TIME_CHANGED, G_FILE_ATTRIBUTE_TIME_CHANGED_USEC));
}

/* ---- folders */
static gboolean
looks_like_media (GFileInfo *info)
{
  const char *type = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);

  return g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && !g_file_info_get_is_hidden (info) && type != NULL &&
         (g_content_type_is_a (type, "image/*") || g_content_type_is_a (type, "video/*") || g_content_type_is_a (type, "audio/*"));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  g_autofree char *name_a = g_file_get_basename (*(GFile **) a), *name_b = g_file_get_basename (*(GFile **) b);
  g_autofree char *key_a = g_utf8_collate_key_for_filename (name_a, -1), *key_b = g_utf8_collate_key_for_filename (name_b, -1);

  return strcmp (key_a, key_b);
}

static void
list_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFileEnumerator) files = NULL;
  GFileInfo *info;
  GFile *child;
  GError *error = NULL;

  files = g_file_enumerate_children (task_data, "standard::name,standard::type,standard::is-hidden,standard::fast-content-type",
                                     G_FILE_QUERY_INFO_NONE, cancellable, &error);
  for (guint i = 0; files != NULL && i < MAX_ENTRIES; i++)
    {
      if (!g_file_enumerator_iterate (files, &info, &child, cancellable, &error) || info == NULL)
        break;
      if (looks_like_media (info))
        g_ptr_array_add (children, g_object_ref (child));
    }
  g_ptr_array_sort (children, compare_names);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&children), (GDestroyNotify) g_ptr_array_unref);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) children = g_task_propagate_pointer (G_TASK (result), &error);

  if (was_cancelled (task, error))
    return;
  if (children == NULL)
    refuse (task, _("This folder cannot be opened. Check its permissions, or add the files themselves."));
  else if (children->len == 0)
    refuse (task, _("This folder holds no pictures, videos or sounds. Folders inside it are not searched."));
  else
    {
      work->look->more = children->len > MAX_CHILDREN;
      if (work->look->more)
        g_ptr_array_set_size (children, MAX_CHILDREN);
      work->look->children = g_steal_pointer (&children);
      give (task);
    }
}

static void
list_folder (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr(GTask) list = g_task_new (NULL, g_task_get_cancellable (task), listed_cb, task);

  g_task_set_task_data (list, g_object_ref (work->file), g_object_unref);
  g_task_run_in_thread (list, list_thread);
}

/* ---- files */
static gboolean
is_unfinished_download (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && (g_str_has_suffix (name, ".part") || g_str_has_suffix (name, ".crdownload") ||
                          g_str_has_suffix (name, ".download"));
}

/* The kind that the name promises. */
static YjMediaInfoKind
get_promised_kind (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = name != NULL ? g_content_type_guess (name, NULL, 0, NULL) : NULL;

  if (type == NULL)
    return YJ_MEDIA_INFO_UNKNOWN;
  return g_content_type_is_a (type, "image/*") ? YJ_MEDIA_INFO_IMAGE
         : g_content_type_is_a (type, "video/*") ? YJ_MEDIA_INFO_VIDEO
         : g_content_type_is_a (type, "audio/*") ? YJ_MEDIA_INFO_AUDIO : YJ_MEDIA_INFO_UNKNOWN;
}

static void
note_lie (Work *work)
{
  YjMediaInfoKind promised = work->fetched ? YJ_MEDIA_INFO_UNKNOWN : get_promised_kind (work->file);
  g_autofree char *base = g_file_get_basename (work->file);
  g_autofree char *name = g_filename_display_name (base != NULL ? base : "");

  if (promised == YJ_MEDIA_INFO_UNKNOWN || promised == work->look->info->kind)
    return;
  switch (work->look->info->kind)
    {
    case YJ_MEDIA_INFO_IMAGE:
      /* translators: %s: a file name */
      work->look->note = g_strdup_printf (_("“%s” is a picture, whatever its name says."), name);
      break;
    case YJ_MEDIA_INFO_VIDEO:
      /* translators: %s: a file name */
      work->look->note = g_strdup_printf (_("“%s” is a video, whatever its name says."), name);
      break;
    case YJ_MEDIA_INFO_AUDIO:
      /* translators: %s: a file name */
      work->look->note = g_strdup_printf (_("“%s” is a sound, whatever its name says."), name);
      break;
    case YJ_MEDIA_INFO_UNKNOWN:
      break;
    }
}

static const char *
get_closed_refusal (void)
{
  return _("There is no permission to read it. Change its permissions, or copy it to a folder of yours.");
}

static char *
dup_probe_refusal (Work         *work,
                   const GError *error)
{
  if (g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED) && work->fetched)
    return g_strdup (_("There is a page at this address, and no picture. Open it, and drag or copy the picture itself."));
  if (g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED) && get_promised_kind (work->file) != YJ_MEDIA_INFO_UNKNOWN)
    return g_strdup (_("What is in it is not what its name says, and no picture, video or sound that can be used. "
                       "Export it anew from where it came."));
  if ((g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_DAMAGED) || g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_UNSUPPORTED)) &&
      (is_unfinished_download (work->file) ||
       (error->code == YJ_MEDIA_ERROR_DAMAGED && g_get_real_time () / G_USEC_PER_SEC - work->modified < FRESH_SECONDS)))
    return g_strdup (_("It is not whole yet: it seems that it is still being written. Add it again when it is finished."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (get_closed_refusal ());

  return yj_error_text_dup (error);
}

static void
seen_again_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (was_cancelled (task, error))
    return;
  if (info != NULL && g_file_info_get_size (info) == work->size && yj_attach_look_get_stamp (info) == work->look->stamp)
    {
      if (work->look->info != NULL)
        note_lie (work);
      give (task);
      return;
    }

  g_clear_pointer (&work->look->info, yj_media_info_free);
  g_clear_pointer (&work->look->refusal, g_free);
  refuse (task, info != NULL ? _("It is still being written. Add it again when it is finished.")
                             : _("It went away while it was looked at. Put it back, and add it again."));
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, &error);

  if (was_cancelled (task, error))
    return;
  if (info != NULL && work->glance && info->kind != YJ_MEDIA_INFO_IMAGE)
    {
      work->glance = FALSE;
      yj_probe_async (work->file, g_task_get_cancellable (task), probed_cb, task);
      return;
    }

  if (info == NULL)
    work->look->refusal = dup_probe_refusal (work, error);
  work->look->info = g_steal_pointer (&info);
  work->look->glanced = work->glance;
  g_file_query_info_async (work->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                           seen_again_cb, task);
}

/* ---- what it is at all */
static const char *
get_special_refusal (guint32 mode)
{
  if (S_ISFIFO (mode))
    return _("It is a pipe between programs, and no file. Save what comes out of it to a file, and add that.");
  if (S_ISSOCK (mode))
    return _("It is a socket of a program, and no file. Add a picture, a video or a sound.");
  return _("It is a device, and no file. Copy what is on it to a file, and add that.");
}

static void
seen_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);

  if (was_cancelled (task, error))
    return;
  if (info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    refuse (task, _("It is not there any more. Look where it went, and add it again."));
  else if (info == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    refuse (task, get_closed_refusal ());
  else if (info == NULL)
    {
      g_autofree char *text = yj_error_text_dup (error);

      refuse (task, text);
    }
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    list_folder (task);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_SYMBOLIC_LINK)
    refuse (task, _("It is a link to something that is not there any more. Add the file itself."));
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    refuse (task, get_special_refusal (g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE)));
  else
    {
      work->size = g_file_info_get_size (info);
      work->modified = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED);
      work->look->stamp = yj_attach_look_get_stamp (info);
      if (work->size == 0 && is_unfinished_download (work->file))
        refuse (task, _("It is still being written. Add it again when it is finished."));
      else if (work->size == 0)
        refuse (task, _("The file is empty. Choose another one."));
      else if (work->glance)
        yj_probe_sniff_async (work->file, g_task_get_cancellable (task), probed_cb, task);
      else
        yj_probe_async (work->file, g_task_get_cancellable (task), probed_cb, task);
    }
}

static void
look_at_file (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (!g_file_is_native (work->file) && g_file_peek_path (work->file) == NULL)
    refuse (task, _("It is not on this computer. Copy it here first, and add that."));
  else
    g_file_query_info_async (work->file, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                             seen_cb, task);
}

static void
fetched_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  work->file = yj_web_fetch_finish (result, &error);
  work->fetched = TRUE;
  if (was_cancelled (task, error))
    return;
  if (work->file != NULL)
    look_at_file (task);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    refuse (task, _("It is larger than 200 MB. Save it to this computer, and add a shorter or smaller one."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    refuse (task, _("The site gives it only to who is signed in. Save it from the browser, and add the file."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    refuse (task, _("The site does not have it any more. Reload the page, and try again."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    refuse (task, _("There is no picture in this address. Copy or drag the picture itself."));
  else
    refuse (task, _("It cannot be fetched from the web. Save it from the browser, and add the file."));
}

/**
 * yj_attach_look_async:
 * @file: (nullable): a place of any kind
 * @address: (nullable): instead of it, an address on the web, for which yj_web_fetch_takes() is true
 * @glance: look no further into a picture than at its first bytes
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Finds out what lies there. What is wrong with it is an answer and no error: it fails only when cancelled.
 */
void
yj_attach_look_async (GFile               *file,
                      const char          *address,
                      gboolean             glance,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  g_return_if_fail ((file == NULL) != (address == NULL));

  g_task_set_source_tag (task, yj_attach_look_async);
  work->look = g_new0 (YjAttachLook, 1);
  work->glance = glance;
  g_set_object (&work->file, file);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  if (file != NULL)
    look_at_file (task);
  else
    {
      g_autoptr(GFile) folder = yj_attach_look_dup_folder ();

      yj_web_fetch_async (address, folder, cancellable, fetched_cb, task);
    }
}

/**
 * yj_attach_look_finish:
 * @result: what the callback was given
 * @error: `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full): what was found
 */
YjAttachLook *
yj_attach_look_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, yj_attach_look_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
