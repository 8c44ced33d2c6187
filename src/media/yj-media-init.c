/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-media"

#include "yj-media-init.h"

#include <gst/gst.h>
#include <malloc.h>

#define FRAME_SIZE (128 << 10)  /* bytes */
#define MAX_HEAPS 2

/* What nothing of ours plays, and what has the worst record or leads into the network. */
static const char * const refused[] = {
  "hls", "dash", "mss", "adaptive", "rtsp", "rtp", "rtmp", "sdp", "srt", "rist", "webrtc", "mms", "udp", "tcp", "soup", "curl",
  "asf", "rm", "rdt", "avi", "flx", "dvb", "cdda", "cdio", "dvd", "ts", "mpegts", "mpegps", "subparse", "ssaparse",
  "avdec_h266", "h266", "mxf", "pnm", "midi", "fluid", "wildmidi", "mod", "gme", "sid", "nsf", "interlay",
  "avdemux_", "playlist", "neon", "giosrc", "giostream", "gnomevfs", "smb",
};

static gboolean
is_refused (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_str_has_prefix (name, refused[i]))
      return TRUE;
  return FALSE;
}

static gboolean
reads_an_address (GstElementFactory *factory)
{
  const char * const *protocols;

  if (gst_element_factory_get_uri_type (factory) != GST_URI_SRC)
    return FALSE;
  protocols = gst_element_factory_get_uri_protocols (factory);
  return protocols == NULL || !g_strv_contains (protocols, "file");
}

/*< private >
 * yj_media_init:
 *
 * Starts GStreamer, once, and takes from automatic choice what reads addresses or formats that we do not play: a clip
 * that turns out to be a playlist leads nowhere.
 */
void
yj_media_init (void)
{
  static gsize done;
  GList *features;

  if (!g_once_init_enter (&done))
    return;
#ifdef __GLIBC__
  /* Frames go back to the system when they are freed. Left to itself malloc keeps them from the second one on, in a heap
     for each of the threads of decoders: a hundred megabytes more after some openings. */
  mallopt (M_MMAP_THRESHOLD, FRAME_SIZE);
  mallopt (M_ARENA_MAX, MAX_HEAPS);
#endif
  gst_init (NULL, NULL);
  features = gst_registry_get_feature_list (gst_registry_get (), GST_TYPE_ELEMENT_FACTORY);
  for (GList *l = features; l != NULL; l = l->next)
    if (is_refused (gst_plugin_feature_get_name (l->data)) || reads_an_address (l->data))
      gst_plugin_feature_set_rank (l->data, GST_RANK_NONE);
  gst_plugin_feature_list_free (features);
  g_once_init_leave (&done, 1);
}
