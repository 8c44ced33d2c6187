/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One clip of a comparison: a bin that decodes a file, with the sink of its pictures and perhaps one of its sound. */

#define G_LOG_DOMAIN "yj-compare"

#include "yj-compare-private.h"

#include <gst/video/video.h>

#include "yj-video-sink.h"

#define DEFAULT_FRAME (GST_SECOND / 24)

/* In a thread of GStreamer's. Each clip that has sound has a sink of its own for it; all but one are mute. */
static GstElement *
add_sound (GstBin *bin)
{
  g_autoptr(GstPad) pad = NULL;
  static const char * const names[] = { "queue", "audioconvert", "scaletempo", "audioconvert", "audioresample", "volume", "autoaudiosink" };
  GstElement *chain[G_N_ELEMENTS (names)];
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean volume = g_str_equal (names[i], "volume");
      GstElement *element = gst_element_factory_make (names[i], volume ? "volume" : NULL);

      if (element == NULL)
        continue;
      if (volume)
        g_object_set (element, "mute", TRUE, NULL);
      gst_bin_add (bin, element);
      if (n > 0)
        gst_element_link (chain[n - 1], element);
      chain[n++] = element;
    }
  pad = gst_element_get_static_pad (chain[0], "sink");
  yj_compare_rounds_watch (g_object_get_data (G_OBJECT (bin), "rounds"), pad);
  for (guint i = n; i > 0; i--)         /* each is ready before what brings it something */
    gst_element_sync_state_with_parent (chain[i - 1]);
  return chain[0];
}

static void
pad_added_cb (GstElement *source,
              GstPad     *pad,
              gpointer    user_data)
{
  GstBin *bin = user_data;
  g_autoptr(GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name = caps != NULL ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  g_autoptr(GstElement) pictures = gst_bin_get_by_name (bin, "pictures");
  g_autoptr(GstElement) sound = gst_bin_get_by_name (bin, "volume");
  g_autoptr(GstPad) sink_pad = NULL;

  if (g_str_has_prefix (name, "video/"))
    sink_pad = gst_element_get_static_pad (pictures, "sink");
  else if (g_str_has_prefix (name, "audio/") && sound == NULL)
    sink_pad = gst_element_get_static_pad (add_sound (bin), "sink");
  if (sink_pad != NULL && !gst_pad_is_linked (sink_pad))
    gst_pad_link (pad, sink_pad);
}

/* A sink without a stream would be waited for without end. */
static void
no_more_pads_cb (GstElement *source,
                 gpointer    user_data)
{
  g_autoptr(GstElement) pictures = gst_bin_get_by_name (GST_BIN (user_data), "pictures");
  g_autoptr(GstPad) pad = gst_element_get_static_pad (pictures, "sink");

  if (!gst_pad_is_linked (pad))
    GST_ELEMENT_ERROR (user_data, STREAM, WRONG_TYPE, ("There are no pictures in the file"), (NULL));
}

/*< private >
 * yj_compare_clip_new:
 * @file: a file on this machine
 * @plainness: a #YjPlayerPlainness
 *
 * Returns: (transfer full): a clip whose bin is in no pipeline yet; without one, and with an error, where the element that
 *   shows frames is not there
 */
YjCompareClip *
yj_compare_clip_new (GFile *file,
                     int    plainness)
{
  YjCompareClip *self = g_new0 (YjCompareClip, 1);
  g_autofree char *uri = g_file_get_uri (file);
  GstElement *source, *queue, *convert;
  g_autoptr(GstPad) pad = NULL;

  self->file = g_object_ref (file);
  self->frame = DEFAULT_FRAME;
  self->video_sink = yj_video_sink_new (plainness, &self->sink, &self->paintable);
  if (self->sink == NULL)
    {
      self->error = g_error_new_literal (YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_CODEC, "gtk4paintablesink");
      return self;
    }
  self->bin = gst_object_ref_sink (gst_bin_new (NULL));
  yj_video_sink_watch (GST_BIN (self->bin));
  source = gst_element_factory_make ("uridecodebin", NULL);
  queue = gst_element_factory_make ("queue", "pictures");
  convert = gst_element_factory_make ("videoconvert", NULL);
  g_object_set (source, "uri", uri, NULL);
  g_object_set (queue, "max-size-buffers", 3, "max-size-bytes", 0, "max-size-time", (guint64) 0, NULL);
  gst_bin_add_many (GST_BIN (self->bin), source, queue, convert, self->video_sink, NULL);
  gst_element_link_many (queue, convert, self->video_sink, NULL);
  self->rounds = yj_compare_rounds_new ();
  g_object_set_data_full (G_OBJECT (self->bin), "rounds", g_atomic_rc_box_acquire (self->rounds), (GDestroyNotify) yj_compare_rounds_unref);
  pad = gst_element_get_static_pad (queue, "sink");
  yj_compare_rounds_watch (self->rounds, pad);
  g_signal_connect (source, "pad-added", G_CALLBACK (pad_added_cb), self->bin);
  g_signal_connect (source, "no-more-pads", G_CALLBACK (no_more_pads_cb), self->bin);
  return self;
}

/*< private >
 * yj_compare_clip_free:
 * @self: a clip whose bin is taken down, or has failed
 */
void
yj_compare_clip_free (YjCompareClip *self)
{
  gst_clear_object (&self->bin);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->video_sink);
  g_clear_pointer (&self->rounds, yj_compare_rounds_unref);
  g_clear_object (&self->paintable);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
  g_free (self->missing);
  g_free (self);
}

/*< private >
 * yj_compare_clip_look:
 * @self: a clip that has come to its first picture
 *
 * Learns how long it is and how many frames it has in a second, and whether there is sound.
 *
 * Returns: whether there are pictures
 */
gboolean
yj_compare_clip_look (YjCompareClip *self)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (self->sink, "sink");
  g_autoptr(GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr(GstElement) volume = gst_bin_get_by_name (GST_BIN (self->bin), "volume");
  GstVideoInfo info;
  gint64 duration;

  if (caps == NULL)
    return FALSE;
  if (gst_video_info_from_caps (&info, caps) && GST_VIDEO_INFO_FPS_N (&info) > 0)
    self->frame = gst_util_uint64_scale_int (GST_SECOND, GST_VIDEO_INFO_FPS_D (&info), GST_VIDEO_INFO_FPS_N (&info));
  self->has_sound = volume != NULL;
  self->length = self->picture_end;
  if (self->length == 0 && gst_element_query_duration (self->bin, GST_FORMAT_TIME, &duration))
    self->length = MAX (duration, 0);
  return TRUE;
}

/*< private >
 * yj_compare_clip_set_sound:
 * @self: a clip
 * @muted: whether it is not heard
 * @volume: how loud it is, 0 to 1
 */
void
yj_compare_clip_set_sound (YjCompareClip *self,
                           gboolean       muted,
                           double         volume)
{
  g_autoptr(GstElement) element = self->bin != NULL ? gst_bin_get_by_name (GST_BIN (self->bin), "volume") : NULL;

  if (element != NULL)
    g_object_set (element, "mute", muted, "volume", volume, NULL);
}

/*< private >
 * yj_compare_clip_clamp:
 * @self: a clip
 * @position: ns
 *
 * Returns: @position, or the midst of the last picture where the clip is over by then
 */
gint64
yj_compare_clip_clamp (YjCompareClip *self,
                       gint64         position)
{
  return self->length > 0 && position >= self->length ? MAX (self->length - self->frame / 2, 0) : position;
}

/*< private >
 * yj_compare_clip_is_empty:
 * @self: a clip
 *
 * Returns: whether the last seek went where there is no picture any more
 */
gboolean
yj_compare_clip_is_empty (YjCompareClip *self)
{
  g_autoptr(GstSample) sample = NULL;

  g_object_get (self->sink, "last-sample", &sample, NULL);
  return sample == NULL;
}

/*< private >
 * yj_compare_clip_get_shown:
 * @self: a clip
 *
 * Returns: where the frame begins that is shown, ns, or -1
 */
gint64
yj_compare_clip_get_shown (YjCompareClip *self)
{
  g_autoptr(GstSample) sample = NULL;

  g_object_get (self->sink, "last-sample", &sample, NULL);
  if (sample == NULL)
    return -1;
  return gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
}
