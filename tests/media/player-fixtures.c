/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "player-fixtures.h"

gboolean
player_ready (YjPlayer *player)
{
  gboolean ready;

  g_object_get (player, "ready", &ready, NULL);
  return ready;
}

YjPlayer *
player_open (GFile *file)
{
  YjPlayer *player = yj_player_new ();

  yj_player_set_file (player, file);
  yj_test_wait (player_ready (player));
  return player;
}

/* What the paintable shows, in that size; NULL for nothing. */
GdkTexture *
player_texture_of (GdkPaintable *paintable,
                   int           width,
                   int           height)
{
  g_autoptr(GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr(GskRenderNode) node = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkTexture *texture;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  g_assert_true (gsk_renderer_realize_for_display (renderer, gdk_display_get_default (), NULL));
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_renderer_unrealize (renderer);
  return texture;
}

GdkTexture *
player_texture (YjPlayer *player,
                int       width,
                int       height)
{
  return player_texture_of (yj_player_get_paintable (player), width, height);
}

/* Lets the player go on for a while in which nothing is waited for. */
void
player_wait (int ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static GstPadProbeReturn
watch_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         user_data)
{
  PlayerWatch *watch = user_data;

  if (info->type & GST_PAD_PROBE_TYPE_BUFFER)
    {
      GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
      guint64 begin = GST_BUFFER_PTS (buffer), end = begin + GST_BUFFER_DURATION (buffer);

      if (!gst_segment_clip (&watch->segment, GST_FORMAT_TIME, begin, end, &begin, &end))
        return GST_PAD_PROBE_OK;
      if (begin < watch->begin)
        {
          GstClockTime now = gst_segment_to_running_time (&watch->segment, GST_FORMAT_TIME, begin);

          watch->began[watch->rounds++ % 8] = now;
          watch->gap = MAX (watch->gap, (GstClockTime) ABS ((gint64) (now - watch->end)));
        }
      watch->begin = begin;
      watch->end = gst_segment_to_running_time (&watch->segment, GST_FORMAT_TIME, end);
    }
  else if (GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info)) == GST_EVENT_SEGMENT)
    gst_event_copy_segment (GST_PAD_PROBE_INFO_EVENT (info), &watch->segment);
  return GST_PAD_PROBE_OK;
}

void
player_watch_sink (GstElement  *sink,
                   PlayerWatch *watch)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, watch_cb, watch, NULL);
}
