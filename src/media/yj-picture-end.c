/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player"

#include "yj-picture-end.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BOXES 1000
#define MAX_SIZE (64 << 20)     /* bytes that are read only to find the end */
#define PATIENCE (5 * GST_SECOND)
#define NS G_GINT64_CONSTANT (1000000000)

typedef struct
{
  int     fd;
  int     boxes;                /* that have been looked at */
  guint32 scale;                /* of the movie: units a second */
  guint64 track;                /* length of the track that is being read, in such units */
  gint64  end;                  /* ns */
} Reader;

static guint64
read_number (Reader *self,
             gint64  at,
             int     length)
{
  guint8 bytes[8] = { 0 };
  guint64 number = 0;

  if (pread (self->fd, bytes, length, at) == length)
    for (int i = 0; i < length; i++)
      number = number << 8 | bytes[i];
  return number;
}

/* Behind version and flags stand two times, of four or eight bytes each. */
static void
read_movie_header (Reader *self,
                   gint64  at)
{
  self->scale = read_number (self, at + (read_number (self, at, 1) == 1 ? 20 : 12), 4);
}

/* There also stand its number and four bytes that are not used. */
static void
read_track_header (Reader *self,
                   gint64  at)
{
  self->track = read_number (self, at, 1) == 1 ? read_number (self, at + 28, 8) : read_number (self, at + 20, 4);
}

static void
read_handler (Reader *self,
              gint64  at)
{
  gint64 end;

  if (read_number (self, at + 8, 4) != 0x76696465 /* vide */ || self->scale == 0 || self->track > G_MAXINT32)
    return;
  end = self->track * NS / self->scale;
  self->end = MAX (self->end, end);
}

static void
read_boxes (Reader *self,
            gint64  at,
            gint64  end,
            int     depth)
{
  while (end - at >= 8 && self->boxes++ < MAX_BOXES)
    {
      guint64 length = read_number (self, at, 4);
      guint32 type = read_number (self, at + 4, 4);
      int head = 8;

      if (length == 1)
        {
          length = read_number (self, at + 8, 8);
          head = 16;
        }
      if (length < (guint64) head || length > (guint64) (end - at))
        return;
      if (depth == 0 ? type == 0x6d6f6f76 /* moov */ : type == 0x7472616b /* trak */ || type == 0x6d646961 /* mdia */)
        read_boxes (self, at + head, at + (gint64) length, depth + 1);
      else if (depth == 1 && type == 0x6d766864 /* mvhd */)
        read_movie_header (self, at + head);
      else if (depth == 2 && type == 0x746b6864 /* tkhd */)
        read_track_header (self, at + head);
      else if (depth == 3 && type == 0x68646c72 /* hdlr */)
        read_handler (self, at + head);
      at += (gint64) length;
    }
}

static GstPadProbeReturn
last_cb (GstPad          *pad,
         GstPadProbeInfo *info,
         gpointer         user_data)
{
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstClockTime *end = user_data;

  if (GST_BUFFER_PTS_IS_VALID (buffer) && GST_BUFFER_DURATION_IS_VALID (buffer))
    *end = MAX (*end, GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer));
  return GST_PAD_PROBE_OK;
}

/* A WebM file says nothing of the kind: it has to be read through, though nothing of it is decoded. */
static gint64
read_through (const char *path)
{
  g_autoptr(GstElement) pipeline = gst_parse_launch ("filesrc name=file ! matroskademux name=demux demux.video_0 "
                                                     "! fakesink name=sink sync=false", NULL);
  g_autoptr(GstElement) file = NULL;
  g_autoptr(GstElement) sink = NULL;
  g_autoptr(GstPad) pad = NULL;
  g_autoptr(GstBus) bus = NULL;
  g_autoptr(GstMessage) message = NULL;
  GstClockTime end = 0;

  if (pipeline == NULL)
    return 0;
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  pad = gst_element_get_static_pad (sink, "sink");
  bus = gst_element_get_bus (pipeline);
  g_object_set (file, "location", path, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, last_cb, &end, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS ? (gint64) end : 0;
}

/*< private >
 * yj_picture_end_read:
 * @path: (nullable): a file
 *
 * Where the pictures of an MP4 or WebM file end: GStreamer only tells how long the longest track is, and sound is a
 * little longer most of the time. Blocks.
 *
 * Returns: ns, 0 when that is not known
 */
gint64
yj_picture_end_read (const char *path)
{
  Reader self = { .fd = path != NULL ? g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1 };
  struct stat about;
  gboolean webm;

  if (self.fd < 0)
    return 0;
  if (fstat (self.fd, &about) != 0 || !S_ISREG (about.st_mode))
    about.st_size = 0;
  webm = read_number (&self, 0, 4) == 0x1a45dfa3;
  if (!webm)
    read_boxes (&self, 0, about.st_size, 0);
  g_clear_fd (&self.fd, NULL);
  if (webm && about.st_size <= MAX_SIZE)
    self.end = read_through (path);
  return self.end;
}
