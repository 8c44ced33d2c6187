/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-job-content"

#include "yj-job-content.h"

#include <string.h>

#include "yj-named-file.h"
#include "yj-save.h"

/*
 * The videos of jobs, as files. What stays in the window gets those of the library. Other programs get the same files under
 * names made of their prompts, which are given only when one asks: most drags never leave the window.
 */
#define YJ_TYPE_JOB_CONTENT (yj_job_content_get_type ())
G_DECLARE_FINAL_TYPE (YjJobContent, yj_job_content, YJ, JOB_CONTENT, GdkContentProvider)

struct _YjJobContent
{
  GdkContentProvider  parent_instance;
  GPtrArray          *files;            /* GFile */
  GPtrArray          *names;            /* for each the name outside */
};

G_DEFINE_FINAL_TYPE (YjJobContent, yj_job_content, GDK_TYPE_CONTENT_PROVIDER)

static void
yj_job_content_finalize (GObject *object)
{
  YjJobContent *self = YJ_JOB_CONTENT (object);

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (yj_job_content_parent_class)->finalize (object);
}

static GdkContentFormats *
yj_job_content_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_union_serialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
}

static void
take_files (GValue    *value,
            GPtrArray *files)
{
  g_value_take_boxed (value, gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
}

static gboolean
yj_job_content_get_value (GdkContentProvider  *provider,
                          GValue              *value,
                          GError             **error)
{
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return GDK_CONTENT_PROVIDER_CLASS (yj_job_content_parent_class)->get_value (provider, value, error);

  take_files (value, YJ_JOB_CONTENT (provider)->files);
  return TRUE;
}

/* ---- for other programs */

typedef struct
{
  char          *mime_type;
  GOutputStream *stream;
  int            priority;
} Writing;

static void
writing_free (Writing *writing)
{
  g_free (writing->mime_type);
  g_object_unref (writing->stream);
  g_free (writing);
}

static void
serialized_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
named_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GPtrArray) files = g_task_propagate_pointer (G_TASK (result), NULL);
  Writing *writing = g_task_get_task_data (task);
  g_auto(GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  take_files (&value, files);
  gdk_content_serialize_async (writing->stream, writing->mime_type, &value, writing->priority, g_task_get_cancellable (task),
                               serialized_cb, g_object_ref (task));
}

static void
name_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  YjJobContent *self = source;
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->files->len; i++)
    g_ptr_array_add (files, yj_named_file_make (self->files->pdata[i], self->names->pdata[i]));
  g_task_return_pointer (task, files, (GDestroyNotify) g_ptr_array_unref);
}

static void
yj_job_content_write_mime_type_async (GdkContentProvider  *provider,
                                      const char          *mime_type,
                                      GOutputStream       *stream,
                                      int                  io_priority,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  Writing *writing = g_new0 (Writing, 1);
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  g_autoptr(GTask) thread = g_task_new (provider, NULL, named_cb, task);

  writing->mime_type = g_strdup (mime_type);
  writing->stream = g_object_ref (stream);
  writing->priority = io_priority;
  g_task_set_source_tag (task, yj_job_content_write_mime_type_async);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  g_task_run_in_thread (thread, name_thread);
}

static gboolean
yj_job_content_write_mime_type_finish (GdkContentProvider  *provider,
                                       GAsyncResult        *result,
                                       GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
yj_job_content_class_init (YjJobContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = yj_job_content_finalize;
  provider_class->ref_formats = yj_job_content_ref_formats;
  provider_class->get_value = yj_job_content_get_value;
  provider_class->write_mime_type_async = yj_job_content_write_mime_type_async;
  provider_class->write_mime_type_finish = yj_job_content_write_mime_type_finish;
}

static void
yj_job_content_init (YjJobContent *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
}

/* As Save As names it, with a number when another one in the list has that name: takes of one prompt often have. */
static char *
dup_free_name (YjJobContent *self,
               YjJob        *job)
{
  g_autofree char *base = g_file_get_basename (yj_job_get_file (job));
  const char *dot = strrchr (base, '.');
  const char *ending = dot != NULL ? dot : ".mp4";
  char *name = yj_save_dup_name (job, ending);

  for (guint i = 2; g_ptr_array_find_with_equal_func (self->names, name, g_str_equal, NULL); i++)
    {
      g_autofree char *numbered = g_strdup_printf (" (%u)%s", i, ending);

      g_free (name);
      name = yj_save_dup_name (job, numbered);
    }
  return name;
}

/**
 * yj_job_content_new:
 * @jobs: (element-type YjJob): jobs; those without a video are left out
 *
 * Returns: (nullable) (transfer full): their videos as a list of files, named by their prompts for other programs, or %NULL
 *   when there is none
 */
GdkContentProvider *
yj_job_content_new (GPtrArray *jobs)
{
  g_autoptr(YjJobContent) self = g_object_new (YJ_TYPE_JOB_CONTENT, NULL);

  g_return_val_if_fail (jobs != NULL, NULL);

  for (guint i = 0; i < jobs->len; i++)
    if (yj_job_get_state (jobs->pdata[i]) == YJ_JOB_READY && yj_job_get_file (jobs->pdata[i]) != NULL)
      {
        g_ptr_array_add (self->names, dup_free_name (self, jobs->pdata[i]));
        g_ptr_array_add (self->files, g_object_ref (yj_job_get_file (jobs->pdata[i])));
      }

  return self->files->len > 0 ? GDK_CONTENT_PROVIDER (g_steal_pointer (&self)) : NULL;
}

/**
 * yj_job_content_count:
 * @content: what [func@Yj.job_content_new] made
 *
 * Returns: how many videos it has
 */
guint
yj_job_content_count (GdkContentProvider *content)
{
  g_return_val_if_fail (YJ_IS_JOB_CONTENT (content), 0);

  return YJ_JOB_CONTENT (content)->files->len;
}
