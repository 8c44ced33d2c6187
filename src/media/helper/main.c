/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * yuanjing-media-helper COMMAND: looks into the foreign file on its standard input, jailed.
 *   sniff             {"kind": …, "content-type": …}, by its first bytes
 *   probe             {"kind": …, "content-type": …, …}
 *   poster SIZE NS    {"width": …, "height": …} and RGBA pixels, to fit SIZE × SIZE
 *   frame NS | last   {"length": …} and a PNG of one frame
 *   join N            {} after the same lines; the new file goes to descriptor 3, the parts behind the first are 4, 5, …
 *   fix PLAN          {} after lines of "%" and how many thousandths are done; the new file goes to descriptor 3
 * or {"error": CODE, "message": …}. What is said on the line is what yj-helper.c reads.
 */

#include <errno.h>
#include <fcntl.h>
#include <gdk/gdk.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-answer.h"
#include "yj-clip.h"
#include "yj-fix-encoders.h"
#include "yj-fix-work.h"
#include "yj-join-work.h"
#include "yj-join.h"
#include "yj-jail.h"
#include "yj-profile.h"
#include "yj-sniff.h"
#include "yj-still.h"
#include "yj-still-heif.h"

#ifdef __SANITIZE_ADDRESS__
#define SECONDS 40
#else
#define SECONDS 10
#endif
#define MAX_STILL_SIZE (256 << 20)      /* bytes */
#define MAX_BOXES 100000

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
answer_info (const YjMediaInfo *info)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_int (builder, "kind", info->kind);
  add_string (builder, "content-type", info->content_type);
  add_string (builder, "extension", info->extension);
  add_int (builder, "size", info->size);
  add_int (builder, "width", info->width);
  add_int (builder, "height", info->height);
  add_int (builder, "duration", info->duration);
  json_builder_set_member_name (builder, "frame-rate");
  json_builder_add_double_value (builder, info->frame_rate);
  add_boolean (builder, "has-audio", info->has_audio);
  add_boolean (builder, "has-alpha", info->has_alpha);
  add_string (builder, "video-codec", info->video_codec);
  add_string (builder, "audio-codec", info->audio_codec);
  add_string (builder, "video-profile", info->video_profile);
  add_int (builder, "sound-rate", info->sound_rate);
  add_int (builder, "channels", info->channels);
  add_string (builder, "stream-key", info->stream_key);
  json_builder_end_object (builder);
  yj_answer (builder, NULL, 0);
}

/* An ISO file whose boxes reach beyond its end has been cut short, though its beginning may play. */
static gboolean
is_cut_short (gint64 size)
{
  gint64 at = 0;

  for (int n = 0; n < MAX_BOXES && at < size; n++)
    {
      guint8 head[16] = { 0 };
      guint64 length;

      if (pread (STDIN_FILENO, head, sizeof head, at) < 8)
        return FALSE;           /* a few bytes of padding */
      length = (guint64) head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
      if (length == 1)
        {
          guint64 wide;

          memcpy (&wide, head + 8, sizeof wide);
          length = GUINT64_FROM_BE (wide);
        }
      if (length == 0)
        return FALSE;           /* to the end */
      if (length < 8 || length > (guint64) (size - at))
        return TRUE;
      at += length;
    }
  return FALSE;
}

/* Decodes a picture file, upright; its orientation is turned off in our own copy, whoever decodes it. */
static GdkPixbuf *
load_still (const YjSniff  *sniff,
            gint64          size,
            GBytes        **profile)
{
  g_autoptr(GBytes) bytes = NULL;
  YjStillHeader header;
  GdkPixbuf *pixbuf;
  guint8 *data;

  if (size > MAX_STILL_SIZE)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "The file is too large for a picture");
  data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, STDIN_FILENO, 0);
  if (data == MAP_FAILED)
    yj_answer_error (YJ_MEDIA_ERROR_FAILED, "mmap: %s", g_strerror (errno));
  if (!yj_still_read_header (sniff->format, data, size, &header))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "The header of this %s has no size", sniff->name);
  if ((guint64) header.width * header.height > YJ_MAX_PIXELS)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "%u × %u pixels are too many", header.width, header.height);
  if (header.cut_short)
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "This %s has no end", sniff->name);
  if (header.orientation_at > 0)
    data[header.orientation_at] = 1;
  if (profile != NULL)
    *profile = yj_profile_find (sniff->format, data, size);
  bytes = g_bytes_new_static (data, size);
  pixbuf = yj_still_decode (sniff, bytes);
  if (pixbuf == NULL && yj_still_is_heif (sniff->format) && !yj_still_heif_can_decode (sniff->format))
    yj_answer_error (YJ_MEDIA_ERROR_CODEC, "%s", sniff->name);
  if (pixbuf == NULL && (yj_still_is_read_by_gdk (sniff->format) || yj_still_is_heif (sniff->format)))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "This %s cannot be decoded", sniff->name);
  if (pixbuf == NULL)
    {
      YjClip *clip = yj_clip_open (sniff, FALSE, SECONDS);
      g_autoptr(GstSample) frame = yj_clip_get_frame (clip, 0);

      pixbuf = yj_clip_frame_to_pixbuf (clip, frame);
    }
  return yj_still_orient (pixbuf, header.orientation);
}

static void
answer_probe (const YjSniff *sniff,
              gint64         size)
{
  YjMediaInfo info = { .size = size, .kind = sniff->kind };

  if (sniff->kind == YJ_MEDIA_INFO_IMAGE)
    {
      GdkPixbuf *pixbuf = load_still (sniff, size, NULL);

      info.width = gdk_pixbuf_get_width (pixbuf);
      info.height = gdk_pixbuf_get_height (pixbuf);
      info.has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
    }
  else
    {
      yj_clip_fill_info (yj_clip_open (sniff, TRUE, SECONDS), &info);
      info.kind = info.width > 0 && sniff->content_type != NULL ? YJ_MEDIA_INFO_VIDEO : YJ_MEDIA_INFO_AUDIO;
    }
  info.content_type = (char *) (info.kind == YJ_MEDIA_INFO_AUDIO ? sniff->audio_content_type : sniff->content_type);
  info.extension = (char *) (info.kind == YJ_MEDIA_INFO_AUDIO ? sniff->audio_extension : sniff->extension);
  answer_info (&info);
}

static GdkPixbuf *
load_frame (const YjSniff *sniff,
            gint64         size,
            gint64         position,
            double        *pixel_ratio)
{
  YjClip *clip;
  GdkPixbuf *pixbuf;

  *pixel_ratio = 1;
  if (sniff->kind == YJ_MEDIA_INFO_IMAGE)
    return load_still (sniff, size, NULL);
  clip = yj_clip_open (sniff, FALSE, SECONDS);
  pixbuf = yj_clip_frame_to_pixbuf (clip, yj_clip_get_frame (clip, position));
  *pixel_ratio = yj_clip_get_pixel_ratio (clip);
  return pixbuf;
}

static void
answer_poster (const YjSniff *sniff,
               gint64         file_size,
               int            size,
               gint64         position)
{
  double pixel_ratio;
  GdkPixbuf *pixbuf = load_frame (sniff, file_size, position, &pixel_ratio);
  double shown_width = gdk_pixbuf_get_width (pixbuf) * pixel_ratio;
  double shown_height = gdk_pixbuf_get_height (pixbuf);
  double scale = MIN (1, size / MAX (shown_width, shown_height));
  int width = MAX (1, (int) (shown_width * scale + 0.5));
  int height = MAX (1, (int) (shown_height * scale + 0.5));
  JsonBuilder *builder = json_builder_new ();
  guint8 *pixels = g_malloc_n (height, (gsize) width * 4);

  pixbuf = gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_BILINEAR);
  pixbuf = gdk_pixbuf_add_alpha (pixbuf, FALSE, 0, 0, 0);
  for (int y = 0; y < height; y++)
    memcpy (pixels + (gsize) y * width * 4,
            gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf), (gsize) width * 4);
  json_builder_begin_object (builder);
  add_int (builder, "width", width);
  add_int (builder, "height", height);
  json_builder_end_object (builder);
  yj_answer (builder, pixels, (gsize) width * 4 * height);
}

static void
answer_frame (const YjSniff *sniff,
              gint64         file_size,
              gint64         position)
{
  double pixel_ratio;
  GdkPixbuf *pixbuf = load_frame (sniff, file_size, position, &pixel_ratio);
  g_autoptr(GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GBytes) png = NULL;
  JsonBuilder *builder = json_builder_new ();
  const guint8 *data;
  gsize length;

  texture = gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                    gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8,
                                    pixels, gdk_pixbuf_get_rowstride (pixbuf));
  png = gdk_texture_save_to_png_bytes (texture);        /* with cICP and sRGB chunks */
  data = g_bytes_get_data (png, &length);
  json_builder_begin_object (builder);
  add_int (builder, "length", length);
  json_builder_end_object (builder);
  yj_answer (builder, data, length);
}

static void G_GNUC_NORETURN
answer_fix (const YjSniff   *sniff,
            gint64           size,
            const YjFixPlan *plan)
{
  g_autoptr(GBytes) profile = NULL;
  GdkPixbuf *pixbuf;

  if (sniff->kind != YJ_MEDIA_INFO_IMAGE)
    yj_fix_clip (sniff, SECONDS, plan);
  pixbuf = load_still (sniff, size, &profile);
  yj_fix_still (pixbuf, profile, plan);
}

/* What the first bytes say; of a container it may be the wrong one of clip and sound. */
static void
answer_sniff (const YjSniff *sniff,
              gint64         size)
{
  YjMediaInfo info = { .size = size, .kind = sniff->kind };

  info.content_type = (char *) (sniff->content_type != NULL ? sniff->content_type : sniff->audio_content_type);
  info.extension = (char *) (sniff->content_type != NULL ? sniff->extension : sniff->audio_extension);
  answer_info (&info);
}

static const YjSniff *
sniff_input (gint64 *size)
{
  guint8 head[YJ_SNIFF_LENGTH] __attribute__ ((aligned (8)));
  const YjSniff *sniff;
  struct stat about;
  ssize_t length;

  if (fstat (STDIN_FILENO, &about) != 0 || !S_ISREG (about.st_mode))
    yj_answer_error (YJ_MEDIA_ERROR_NOT_A_FILE, "This is no ordinary file");
  *size = about.st_size;
  length = pread (STDIN_FILENO, head, sizeof head, 0);
  if (length == 0)
    yj_answer_error (YJ_MEDIA_ERROR_EMPTY, "The file is empty");
  if (length < 0)
    yj_answer_error (YJ_MEDIA_ERROR_FAILED, "read: %s", g_strerror (errno));
  sniff = yj_sniff (head, length);
  if (sniff == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "This is no picture, clip or sound that can be used");
  return sniff;
}

int
main (int    argc,
      char **argv)
{
  const char *command = argc > 1 ? argv[1] : "";
  const char *argument = argc > 2 ? argv[2] : "";
  gboolean fix = g_str_equal (command, "fix"), join = g_str_equal (command, "join");
  guint n_parts = join ? (guint) CLAMP (atoi (argument), 1, YJ_JOIN_MOST) : 1;
  g_autofree char *why = NULL;
  const YjSniff *sniff;
  YjFixPlan plan;
  gint64 size;

  /* What else the application had open is none of ours. */
  close_range (fix || join ? STDERR_FILENO + 1 + n_parts : STDERR_FILENO + 1, ~0u, 0);
  signal (SIGPIPE, SIG_DFL);
  /* What draws comes before what is decoded for it later, whatever priority it was given: it is interrupted by none of that,
     and where both want the same processor it has three times as much of it. */
  sched_setscheduler (0, SCHED_BATCH, &(struct sched_param) { 0 });
  nice (5);
  sniff = sniff_input (&size);
  if (g_str_equal (command, "sniff"))
    answer_sniff (sniff, size);
  if (sniff->kind == YJ_MEDIA_INFO_IMAGE)
    yj_still_prepare (sniff);
  if (sniff->kind != YJ_MEDIA_INFO_IMAGE || !yj_still_is_read_by_gdk (sniff->format))
    yj_clip_prepare (sniff);
  if (fix && !yj_fix_plan_from_string (argument, &plan))
    yj_answer_error (YJ_MEDIA_ERROR_FAILED, "This is no plan");
  if (fix)
    {
      yj_fix_encoders_load (plan.content_type);
      yj_jail_allow_output (YJ_FIX_MAX_OUTPUT);
    }
  if (join)
    {
      yj_join_load ();
      yj_jail_allow_output (YJ_FIX_MAX_OUTPUT);
    }
  if (!yj_jail_enter (fix || join ? YJ_FIX_SECONDS : SECONDS * 2, &why) || !yj_jail_prove (&why))
    yj_answer_error (YJ_MEDIA_ERROR_FAILED, "Files are not looked into here, as the helper cannot be jailed: %s", why);

  if (sniff->format == YJ_FORMAT_MP4 && is_cut_short (size))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "This %s ends before its end", sniff->name);
  if (fix)
    answer_fix (sniff, size, &plan);
  if (join && sniff->format == YJ_FORMAT_MP4)
    yj_join_clips (n_parts);
  if (g_str_equal (command, "probe"))
    answer_probe (sniff, size);
  else if (g_str_equal (command, "poster"))
    answer_poster (sniff, size, CLAMP (atoi (argument), 1, 4096), argc > 3 ? MAX (g_ascii_strtoll (argv[3], NULL, 10), -1) : 0);
  else if (g_str_equal (command, "frame"))
    answer_frame (sniff, size, g_str_equal (argument, "last") ? -1 : g_ascii_strtoll (argument, NULL, 10));
  yj_answer_error (YJ_MEDIA_ERROR_FAILED,
                   "usage: yuanjing-media-helper sniff | probe | poster SIZE NS | frame NS | frame last | fix PLAN | join N");
}
