/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player"

#include "yj-video-sink.h"

#include <stdlib.h>
#include <string.h>

#include "yj-player.h"
#include "yj-probe.h"

#define TICK 33                 /* ms */
#define STANDSTILL 2000         /* ms in which some frame should have come */

/* Takes only what lies in ordinary memory. */
static GstElement *
make_plain_bin (GstElement *sink)
{
  GstElement *bin = gst_bin_new (NULL), *filter = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr(GstCaps) caps = gst_caps_new_empty_simple ("video/x-raw");
  g_autoptr(GstPad) pad = gst_element_get_static_pad (filter, "sink");

  g_object_set (filter, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (bin), filter, sink, NULL);
  gst_element_link (filter, sink);
  gst_element_add_pad (bin, gst_ghost_pad_new ("sink", pad));
  return bin;
}

/* From now on, in the whole program. */
static void
avoid_hardware (void)
{
  GList *decoders = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER | GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO,
                                                           GST_RANK_MARGINAL);

  for (GList *l = decoders; l != NULL; l = l->next)
    if (strstr (gst_element_factory_get_metadata (l->data, GST_ELEMENT_METADATA_KLASS), "Hardware") != NULL)
      gst_plugin_feature_set_rank (l->data, GST_RANK_NONE);
  gst_plugin_feature_list_free (decoders);
}

/*< private >
 * yj_video_sink_new:
 * @plainness: a #YjPlayerPlainness
 * @sink: (out) (transfer full) (nullable): what has the paintable; %NULL when there is no such element
 * @paintable: (out) (transfer full) (nullable): where the frames appear
 *
 * For the main thread.
 *
 * Returns: (transfer full): @sink, or the bin around it
 */
GstElement *
yj_video_sink_new (int            plainness,
                   GstElement   **sink,
                   GdkPaintable **paintable)
{
  g_autoptr(GObject) gl_context = NULL;
  GstElement *video_sink = NULL;

  if (plainness >= YJ_PLAYER_SOFTWARE)
    avoid_hardware ();
  *paintable = NULL;
  *sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (*sink == NULL)
    return gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
  gst_object_ref_sink (*sink);
  g_object_get (*sink, "paintable", paintable, NULL);
  if (plainness >= YJ_PLAYER_NO_GL)
    return gst_object_ref_sink (make_plain_bin (*sink));
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (*paintable), "gl-context") != NULL)
    g_object_get (*paintable, "gl-context", &gl_context, NULL);
  if (gl_context != NULL)
    video_sink = gst_element_factory_make ("glsinkbin", NULL);
  if (video_sink == NULL)
    return gst_object_ref (*sink);
  g_object_set (video_sink, "sink", *sink, NULL);
  return gst_object_ref_sink (video_sink);
}

/* libav's decoders that draw straight into the sink's buffers abort the process now and then where a side of the picture
   is no multiple of sixteen ("video meta uses 864x480 instead of 854x480", seen with 1.26: one run in fifty). */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *parent,
                       GstElement *element,
                       gpointer    user_data)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

/*< private >
 * yj_video_sink_watch:
 * @bin: what will decode for such a sink
 *
 * Keeps its decoders from drawing into the sink's own memory.
 */
void
yj_video_sink_watch (GstBin *bin)
{
  g_signal_connect (bin, "deep-element-added", G_CALLBACK (deep_element_added_cb), NULL);
}

/*< private >
 * yj_video_sink_get_patience:
 * @frame: how long one frame is shown, ns
 * @rate: how fast it plays
 *
 * Counted in ticks: time in which we did not run, because the machine slept or was busy, is none in which a frame could be
 * shown.
 *
 * Returns: for how many of the 33 ms between two looks a video may play without a new frame
 */
gint64
yj_video_sink_get_patience (gint64 frame,
                            double rate)
{
  return MAX (STANDSTILL, (gint64) (3 * (double) frame / GST_MSECOND / rate)) / TICK;
}

/*< private >
 * yj_video_sink_new_error:
 * @message: of a pipeline, an error
 * @missing: (nullable): a decoder that it found not to be there
 *
 * Returns: (transfer full): as of [signal@Yj.Player::failed]
 */
GError *
yj_video_sink_new_error (GstMessage *message,
                         const char *missing)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &error, &debug);
  g_debug ("%s (%s)", error->message, debug);
  return g_error_new_literal (YJ_MEDIA_ERROR, missing != NULL ? YJ_MEDIA_ERROR_CODEC :
                              error->domain == GST_STREAM_ERROR ? YJ_MEDIA_ERROR_DAMAGED :
                              g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND) ? YJ_MEDIA_ERROR_GONE : YJ_MEDIA_ERROR_FAILED,
                              missing != NULL ? missing : error->message);
}

/* ---- taking down */

typedef struct
{
  GstElement *pipeline;
  GPtrArray  *video_sinks;
  GWeakRef    owner;
  void      (*halted) (gpointer owner);
} Halt;

/* Pipelines that threads are taking down. */
static GMutex halts_lock;
static GCond halts_over;
static guint halts;

/* A program that ends under such a thread could crash in its last moment. */
static void
wait_for_halts (void)
{
  g_mutex_lock (&halts_lock);
  while (halts > 0)
    g_cond_wait (&halts_over, &halts_lock);
  g_mutex_unlock (&halts_lock);
}

static void
count_halts (int change)
{
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      atexit (wait_for_halts);
      g_once_init_leave (&registered, 1);
    }
  g_mutex_lock (&halts_lock);
  halts += change;
  g_cond_broadcast (&halts_over);
  g_mutex_unlock (&halts_lock);
}

static void
halt_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Halt *halt = task_data;

  gst_element_set_state (halt->pipeline, GST_STATE_NULL);
  count_halts (-1);
  g_task_return_boolean (task, TRUE);
}

static void
halt_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Halt *halt = user_data;
  g_autoptr(GObject) owner = g_weak_ref_get (&halt->owner);

  for (guint i = 0; i < halt->video_sinks->len; i++)
    gst_element_set_locked_state (halt->video_sinks->pdata[i], FALSE);
  gst_object_unref (halt->pipeline);
  g_ptr_array_unref (halt->video_sinks);
  g_weak_ref_clear (&halt->owner);
  if (owner != NULL && halt->halted != NULL)
    halt->halted (owner);
  g_free (halt);
}

/*< private >
 * yj_video_sink_halt:
 * @pipeline: what plays
 * @video_sinks: (transfer full) (element-type GstElement): its sinks for GTK, that hold references
 * @owner: for whom
 * @halted: (nullable): called with @owner when it is down, unless that is gone by then
 *
 * Taking a pipeline down waits for its threads, so a thread does it. Only the sinks for GTK belong to the main thread: here
 * they are stopped, and here they are let go at last.
 */
void
yj_video_sink_halt (GstElement *pipeline,
                    GPtrArray  *video_sinks,
                    GObject    *owner,
                    GCallback   halted)
{
  g_autoptr(GTask) task = NULL;
  Halt *halt = g_new0 (Halt, 1);

  halt->pipeline = gst_object_ref (pipeline);
  halt->video_sinks = video_sinks;
  halt->halted = (void (*) (gpointer)) halted;
  g_weak_ref_init (&halt->owner, owner);
  for (guint i = 0; i < video_sinks->len; i++)
    {
      gst_element_set_locked_state (video_sinks->pdata[i], TRUE);
      gst_element_set_state (video_sinks->pdata[i], GST_STATE_NULL);
    }
  count_halts (1);
  task = g_task_new (NULL, NULL, halt_cb, halt);
  g_task_set_task_data (task, halt, NULL);
  g_task_run_in_thread (task, halt_thread);
}
