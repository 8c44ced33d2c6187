/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that a model does not take become files that it takes: real files, real encoders, the very checks that a draft is
   held against, and a look at the pixels. */
#include <fcntl.h>
#include <math.h>
#include <unistd.h>

#include "media-fixtures.h"
#include "yj-catalog.h"
#include "yj-frame-grab.h"
#include "yj-mend-run.h"
#include "yj-probe.h"
#include "yj-recipe-file.h"
#include "yj-test-library.h"

#define SEEDANCE "r2v/doubao-seedance-2-0-260128"
#define HORSE "r2v/happyhorse-1.0-r2v"
#define WAN "i2v/wan2.6-i2v"
#define GROUND 0x102030
#define TOLERANCE 12
#define TONE(buffers) "audiotestsrc num-buffers=" #buffers " samplesperbuffer=4800 freq=440 volume=0.5 ! audio/x-raw,rate=48000,channels=2 ! audioconvert"

static const guint32 quarters[4] = { 0xff0000, 0x00ff00, 0x0000ff, 0xffffff };

/* A draft with one file in it. */
typedef struct
{
  YjCatalog   *catalog;
  YjLibrary   *library;
  YjDraft     *draft;
  YjSlotRole   role;
  YjDraftFile *file;
  char        *folder;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->folder = g_dir_make_tmp ("yuanjing-mend-XXXXXX", NULL);
  f->catalog = yj_catalog_new ();
  f->library = yj_test_open_path (f->folder);
}

static void
let_go (Fixture *f)
{
  g_clear_object (&f->draft);
  g_clear_object (&f->file);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  let_go (f);
  yj_test_close (f->library);
  g_clear_object (&f->library);
  g_clear_object (&f->catalog);
  yj_test_remove_tree (f->folder);
  g_free (f->folder);
}

static void
attach (Fixture    *f,
        const char *model,
        YjSlotRole  role,
        GFile      *file)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = NULL;

  let_go (f);
  yj_probe_async (file, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  info = yj_probe_finish (result, &error);
  g_assert_no_error (error);
  f->role = role;
  f->draft = yj_draft_new (yj_catalog_find_by_id (f->catalog, model));
  f->file = yj_draft_file_new (file, (YjMediaKind) info->kind, info->content_type);
  yj_draft_file_set_facts (f->file, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_frame_rate (f->file, info->frame_rate);
  yj_draft_file_set_codecs (f->file, info->video_codec, info->audio_codec);
  yj_draft_file_set_alpha (f->file, info->has_alpha);
  g_assert_true (yj_draft_add_file (f->draft, role, f->file));
}

/* What is wrong with the file, and how often a way out is offered. */
static guint
count_problems (Fixture     *f,
                YjDraftFile *file,
                guint       *offers)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (f->draft);
  guint n = 0;

  *offers = 0;
  for (guint i = 0; i < problems->len; i++)
    {
      YjProblem *problem = g_ptr_array_index (problems, i);

      n += problem->file == file && yj_problem_is_mendable (problem);
      *offers += problem->can_mend;
    }
  return n;
}

static YjMend *
plan (Fixture          *f,
      const YjMendWish *wish)
{
  return yj_mend_new (f->draft, yj_model_find_slot (yj_draft_get_model (f->draft), f->role), f->file, wish);
}

static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
    }
  return n;
}

static guint
count_references (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "references", NULL);

  return count_files (path);
}

static YjDraftFile *
run (Fixture       *f,
     const YjMend  *mend,
     GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_mend_run_async (f->library, f->file, mend, GROUND, NULL, NULL, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_mend_run_finish (f->library, result, error);
}

/* Mends it, puts the new file in its place, and holds that against all that the old one was held against. */
static YjDraftFile *
mend_and_check (Fixture          *f,
                const YjMendWish *wish,
                YjMend          **used)
{
  g_autoptr(YjMend) mend = plan (f, wish), more = NULL;
  GFile *source = yj_draft_file_get_file (f->file);
  g_autofree char *before = NULL, *after = NULL;
  gsize length, length_after;
  YjDraftFile *mended;
  g_autoptr(GError) error = NULL;
  guint offers;

  g_assert_cmpuint (count_problems (f, f->file, &offers), >, 0);
  g_assert_cmpuint (offers, ==, 1);
  g_assert_nonnull (mend);
  g_assert_true (g_file_load_contents (source, NULL, &before, &length, NULL, NULL));
  mended = run (f, mend, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_references (f), ==, 1);

  g_assert_true (g_file_load_contents (source, NULL, &after, &length_after, NULL, NULL));
  g_assert_cmpmem (before, length, after, length_after);
  yj_draft_remove_file (f->draft, f->file);
  g_assert_true (yj_draft_add_file (f->draft, f->role, mended));
  g_set_object (&f->file, mended);
  g_assert_cmpuint (count_problems (f, mended, &offers), ==, 0);
  g_assert_cmpuint (offers, ==, 0);
  more = plan (f, wish);
  g_assert_null (more);
  g_assert_cmpstr (yj_draft_file_get_content_type (mended), ==, mend->content_type);
  if (used != NULL)
    *used = g_steal_pointer (&mend);
  return mended;
}

static void
forget (Fixture     *f,
        YjDraftFile *mended)
{
  g_assert_cmpint (g_unlink (g_file_peek_path (yj_draft_file_get_file (mended))), ==, 0);
  g_object_unref (mended);
}

/* ---- pictures */

/* Four quarters, row by row, each of one colour. */
static GFile *
make_quarters (const char *name,
               int         width,
               int         height,
               const char *format)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  GFile *file = media_file (name);
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < 4; i++)
    {
      int x = i % 2 * (width / 2), y = i / 2 * (height / 2);
      g_autoptr(GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (pixbuf, x, y, i % 2 ? width - x : width / 2, i / 2 ? height - y : height / 2);

      gdk_pixbuf_fill (part, quarters[i] << 8 | 0xff);
    }
  gdk_pixbuf_save (pixbuf, g_file_peek_path (file), format, &error, NULL);
  g_assert_no_error (error);
  return file;
}

/* What is to be seen at @x, @y of the result; FALSE near an edge, where colours mix. */
static gboolean
get_expected (const YjMend *mend,
              int           width,
              int           height,
              int           x,
              int           y,
              guint32      *colour)
{
  double across = (double) mend->crop_width / mend->place_width, down = (double) mend->crop_height / mend->place_height;
  double from_left = x - mend->place_x + 0.5, from_top = y - mend->place_y + 0.5;
  double to_right = mend->place_width - from_left, to_bottom = mend->place_height - from_top;
  double source_x = mend->crop_x + from_left * across, source_y = mend->crop_y + from_top * down;
  double inside = MIN (MIN (from_left, to_right), MIN (from_top, to_bottom));
  gboolean filled = mend->place_width == mend->width && mend->place_height == mend->height;

  if (fabs (source_x - width / 2) < 10 * across || fabs (source_y - height / 2) < 10 * down || (!filled && fabs (inside) < 10))
    return FALSE;
  *colour = inside < 0 ? GROUND : quarters[(source_y > height / 2) * 2 + (source_x > width / 2)];
  return TRUE;
}

/* Its pixels, as RGBA without padding. */
static GBytes *
load (GFile *file,
      int   *width,
      int   *height)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = gdk_texture_new_from_file (file, &error);
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  gsize stride;

  g_assert_no_error (error);
  *width = gdk_texture_get_width (texture);
  *height = gdk_texture_get_height (texture);
  downloader = gdk_texture_downloader_new (texture);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  return gdk_texture_downloader_download_bytes (downloader, &stride);
}

static void
assert_looks_right (GFile        *file,
                    const YjMend *mend,
                    int           width,
                    int           height)
{
  int is_width, is_height, compared = 0;
  g_autoptr(GBytes) bytes = load (file, &is_width, &is_height);
  const guint8 *pixels = g_bytes_get_data (bytes, NULL);

  g_assert_cmpint (is_width, ==, mend->width);
  g_assert_cmpint (is_height, ==, mend->height);
  for (int y = 0; y < mend->height; y += 3)
    for (int x = 0; x < mend->width; x += 3)
      {
        const guint8 *pixel = pixels + ((gsize) y * is_width + x) * 4;
        guint32 is = (guint32) pixel[0] << 16 | pixel[1] << 8 | pixel[2], expected;

        if (!get_expected (mend, width, height, x, y, &expected))
          continue;
        compared++;
        if (media_difference (is, expected) > TOLERANCE)
          g_error ("at %d, %d: %06x instead of %06x", x, y, is, expected);
      }
  g_assert_cmpint (compared, >, mend->width * mend->height / 9 * 3 / 4);
}

typedef struct
{
  const char *model;
  YjSlotRole  role;
  int         width, height;
  const char *format;
  YjMendFit   fit;
  double      lean;
  int         to_width, to_height;
} Picture;

static const Picture pictures[] = {
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 1300, 500, "png", YJ_MEND_FIT_CROP, 0, 1250, 500 },
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 2600, 500, "jpeg", YJ_MEND_FIT_CROP, -1, 1250, 500 },
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 500, 2600, "jpeg", YJ_MEND_FIT_CROP, 1, 500, 1250 },
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 1300, 500, "png", YJ_MEND_FIT_PAD, 0, 1300, 520 },
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 500, 1300, "jpeg", YJ_MEND_FIT_PAD, 0, 520, 1300 },
  { SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, 200, 100, "png", YJ_MEND_FIT_CROP, 0, 602, 301 },
  { WAN, YJ_SLOT_FIRST_FRAME, 2400, 1800, "jpeg", YJ_MEND_FIT_CROP, 0, 2000, 1500 },
  { WAN, YJ_SLOT_FIRST_FRAME, 4000, 400, "png", YJ_MEND_FIT_PAD, 0, 2000, 360 },
  { HORSE, YJ_SLOT_REFERENCE_IMAGES, 500, 500, "tiff", YJ_MEND_FIT_CROP, 0, 500, 500 },
};

static void
test_pictures (Fixture       *f,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      const Picture *p = &pictures[i];
      g_autofree char *name = g_strdup_printf ("%u.%s", i, p->format);
      g_autoptr(GFile) source = make_quarters (name, p->width, p->height, p->format);
      const YjMendWish wish = { p->fit, p->lean, 0, 0 };
      g_autoptr(YjMend) mend = NULL;
      YjDraftFile *mended;

      g_test_message ("%s: %d × %d", name, p->width, p->height);
      attach (f, p->model, p->role, source);
      mended = mend_and_check (f, &wish, &mend);
      g_assert_cmpint (yj_draft_file_get_width (mended), ==, p->to_width);
      g_assert_cmpint (yj_draft_file_get_height (mended), ==, p->to_height);
      assert_looks_right (yj_draft_file_get_file (mended), mend, p->width, p->height);
      forget (f, mended);
    }
}

static guint32
get_pixel (GBytes *bytes,
           int     width,
           int     x,
           int     y)
{
  const guint8 *pixel = (const guint8 *) g_bytes_get_data (bytes, NULL) + ((gsize) y * width + x) * 4;

  return (guint32) pixel[0] << 16 | pixel[1] << 8 | pixel[2];
}

/* A picture that is red above, half red in the middle and nothing below. */
static void
save_logo (const char *path)
{
  static const guint32 stripes[] = { 0xff0000ff, 0xff000080, 0x00ff0000 };
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 600, 450);
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < 3; i++)
    {
      g_autoptr(GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (pixbuf, 0, i * 150, 600, 150);

      gdk_pixbuf_fill (part, stripes[i]);
    }
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

/* What shines through is the same on the chosen ground. */
static void
test_transparent (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr(GFile) source = media_file ("logo.png");
  g_autoptr(GBytes) bytes = NULL;
  YjDraftFile *mended;
  int width, height;

  save_logo (g_file_peek_path (source));
  attach (f, WAN, YJ_SLOT_FIRST_FRAME, source);
  g_assert_true (yj_draft_file_get_alpha (f->file));
  mended = mend_and_check (f, &(YjMendWish) { 0 }, NULL);
  g_assert_false (yj_draft_file_get_alpha (mended));
  g_assert_cmpstr (yj_draft_file_get_content_type (mended), ==, "image/png");
  bytes = load (yj_draft_file_get_file (mended), &width, &height);
  g_assert_cmpint (width, ==, 600);
  g_assert_cmpint (height, ==, 450);
  g_assert_cmpint (media_difference (get_pixel (bytes, width, 300, 75), 0xff0000), <=, 1);
  g_assert_cmpint (media_difference (get_pixel (bytes, width, 300, 225), 0x881018), <=, 2);     /* half of each */
  g_assert_cmpint (media_difference (get_pixel (bytes, width, 300, 375), GROUND), <=, 1);
  forget (f, mended);
}

/* Another person's recipe says of its files what it likes: they are looked into. */
static void
test_imported (Fixture       *f,
               gconstpointer  data)
{
  for (int alpha = 0; alpha < 2; alpha++)
    {
      g_autofree char *folder = g_build_filename (f->folder, "shared", NULL), *path = g_build_filename (folder, "recipe.json", NULL);
      g_autofree char *references = g_build_filename (folder, "references", NULL), *logo = g_build_filename (references, "logo.png", NULL);
      g_autofree char *json = g_strdup_printf ("{\"recipe\": {\"model\": \"%s\", \"files\": [{\"role\": \"first-frame\", \"kind\": 1, "
                                               "\"uri\": \"references/logo.png\", \"alpha\": %s}]}}", WAN, alpha ? "false" : "true");
      g_autoptr(GFile) recipe = g_file_new_for_path (path), plain = make_quarters ("plain.png", 600, 450, "png");
      g_autoptr(GFile) target = g_file_new_for_path (logo);
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(YjDraft) draft = NULL;
      g_autoptr(YjDraftFile) file = NULL;
      g_autoptr(GError) error = NULL;
      guint missing;

      g_assert_cmpint (g_mkdir_with_parents (references, 0700), ==, 0);
      if (alpha)
        save_logo (logo);
      else
        g_assert_true (g_file_copy (plain, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
      g_assert_true (g_file_set_contents (path, json, -1, NULL));
      yj_recipe_import_async (f->catalog, recipe, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      draft = yj_recipe_import_finish (result, &missing, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (missing, ==, 0);
      file = g_list_model_get_item (yj_draft_get_files (draft, YJ_SLOT_FIRST_FRAME), 0);
      g_assert_true (yj_draft_file_get_alpha (file) == alpha);
    }
}

/* ---- clips and sounds */

/* Where the white ball is in the frame at @position, px. */
static void
find_ball (GFile  *clip,
           gint64  position,
           double *x,
           double *y)
{
  g_autoptr(GFile) png = media_file ("frame.png");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const guint8 *pixels;
  int width, height;
  double n = 0;

  yj_frame_grab_async (clip, position, png, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  yj_frame_grab_finish (result, &error);
  g_assert_no_error (error);
  bytes = load (png, &width, &height);
  pixels = g_bytes_get_data (bytes, NULL);
  *x = *y = 0;
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++)
      if (pixels[(row * width + column) * 4] > 128)
        {
          *x += column;
          *y += row;
          n++;
        }
  g_assert_cmpfloat (n, >, 100);
  *x /= n;
  *y /= n;
}

/* Seconds 3 to 7 of seventeen, at 24 instead of 10 frames a second: at every time the same is to be seen. */
static void
test_clip (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GFile) source = media_launch ("long.mp4", "videotestsrc pattern=ball num-buffers=170 ! video/x-raw,format=I420,width=864,height=480,"
                                          "framerate=10/1 ! x264enc speed-preset=ultrafast key-int-max=10 ! h264parse ! mp4mux");
  const YjMendWish wish = { YJ_MEND_FIT_CROP, 0, 3 * (gint64) GST_SECOND, 4 * (gint64) GST_SECOND };
  static const int times[] = { 50, 1050, 2550, 3850 };          /* ms, in the middle of a frame of the source */
  YjDraftFile *mended;

  attach (f, SEEDANCE, YJ_SLOT_REFERENCE_VIDEOS, source);
  mended = mend_and_check (f, &wish, NULL);
  g_assert_cmpint (ABS (yj_draft_file_get_duration (mended) - 4 * (gint64) GST_SECOND), <, 60 * GST_MSECOND);
  g_assert_cmpfloat_with_epsilon (yj_draft_file_get_frame_rate (mended), 24, 0.01);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      double was_x, was_y, x, y;

      find_ball (source, (3000 + times[i]) * (gint64) GST_MSECOND, &was_x, &was_y);
      find_ball (yj_draft_file_get_file (mended), times[i] * (gint64) GST_MSECOND, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, was_x, 2);
      g_assert_cmpfloat_with_epsilon (y, was_y, 2);
    }
  forget (f, mended);
}

static void
test_sounds (Fixture       *f,
             gconstpointer  data)
{
  static const struct { const char *name, *pipeline; double start, seconds; } sounds[] = {
    { "long.wav", TONE (170) " ! wavenc", 1, 14.9 },
    { "short.mp3", TONE (12) " ! lamemp3enc", 0, 2.1 },
    { "other.flac", TONE (50) " ! flacenc", 0, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sounds); i++)
    {
      g_autoptr(GFile) source = media_launch (sounds[i].name, sounds[i].pipeline);
      const YjMendWish wish = { .start = (gint64) (sounds[i].start * 1e9) };
      YjDraftFile *mended;

      g_test_message ("%s", sounds[i].name);
      attach (f, SEEDANCE, YJ_SLOT_REFERENCE_AUDIO, source);
      mended = mend_and_check (f, &wish, NULL);
      g_assert_cmpfloat_with_epsilon ((double) yj_draft_file_get_duration (mended) / 1e9, sounds[i].seconds, 0.1);
      forget (f, mended);
    }
}

/* ---- what goes wrong: the original stays, and nothing else does */
static void
stop_cb (double   fraction,
         gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GFile) source = media_launch ("much.mp4", "videotestsrc num-buffers=500 ! video/x-raw,width=864,height=480,framerate=25/1 ! "
                                          "x264enc speed-preset=ultrafast ! h264parse ! mp4mux");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMend) mend = NULL;
  YjDraftFile *mended;

  attach (f, SEEDANCE, YJ_SLOT_REFERENCE_VIDEOS, source);
  mend = plan (f, NULL);
  yj_mend_run_async (f->library, f->file, mend, GROUND, stop_cb, cancellable, cancellable, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  mended = yj_mend_run_finish (f->library, result, &error);
  g_assert_null (mended);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_references (f), ==, 0);
  g_assert_true (g_file_query_exists (source, NULL));
}

static void
test_vanished (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GFile) source = make_quarters ("gone.png", 1300, 500, "png");
  g_autoptr(YjMend) mend = NULL;
  g_autoptr(GError) error = NULL;

  attach (f, SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, source);
  mend = plan (f, NULL);
  g_assert_true (g_file_delete (source, NULL, NULL));
  g_assert_null (run (f, mend, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_references (f), ==, 0);
}

/* Runs the test below in a view of the disk in which there is a small one. */
static void
test_full (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL), *path = g_dir_make_tmp ("yuanjing-full-XXXXXX", NULL);
  g_autofree char *setting = g_strconcat ("YJ_TEST_FOLDER=", path, NULL), *output = NULL, *errors = NULL;
  const char *args[] = { "bwrap", "--dev-bind", "/", "/", "--size", "3145728", "--tmpfs", path, "--", "env", setting,
                         self, "--tap", "-p", "/inner/full", NULL };
  g_autoptr(GError) error = NULL;
  int status;

  if (!g_spawn_sync (NULL, (char **) args, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &errors, &status, &error))
    g_test_skip (error->message);
  else if (strstr (output, "Start of inner tests") == NULL)
    g_test_skip (errors);
  else
    {
      g_test_message ("%s%s", output, errors);
      g_assert_true (g_spawn_check_wait_status (status, NULL));
    }
  g_rmdir (path);
}

static void
inner_full (void)
{
  const char *folder = g_getenv ("YJ_TEST_FOLDER");
  g_autofree char *ballast = g_build_filename (folder, "ballast", NULL);
  Fixture f = { .catalog = yj_catalog_new (), .library = yj_test_open_path (folder), .folder = (char *) folder };
  g_autoptr(GFile) source = make_quarters ("full.png", 1300, 500, "png");
  char block[4096] = { 1 };
  g_autoptr(YjMend) mend = NULL;
  g_autoptr(GError) error = NULL;
  int fd = g_open (ballast, O_WRONLY | O_CREAT, 0600);

  while (write (fd, block, sizeof block) > 0)
    ;
  close (fd);
  attach (&f, SEEDANCE, YJ_SLOT_REFERENCE_IMAGES, source);
  mend = plan (&f, NULL);
  g_assert_null (run (&f, mend, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_FULL);
  g_assert_cmpuint (count_references (&f), ==, 0);

  /* room helps */
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  g_object_unref (mend_and_check (&f, NULL, NULL));
  let_go (&f);
  yj_test_close (f.library);
  g_object_unref (f.library);
  g_object_unref (f.catalog);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  /* Memory that nothing was written to is of a colour that shows, for the program that writes pictures. */
  g_setenv ("MALLOC_PERTURB_", "213", TRUE);
  media_init ();
  if (g_getenv ("YJ_TEST_FOLDER") != NULL)
    {
      g_test_add_func ("/inner/full", inner_full);
      return g_test_run ();
    }

#define ADD(name, func) g_test_add ("/mend-run/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("pictures", test_pictures);
  ADD ("transparent", test_transparent);
  ADD ("imported", test_imported);
  ADD ("clip", test_clip);
  ADD ("sounds", test_sounds);
  ADD ("cancel", test_cancel);
  ADD ("vanished", test_vanished);
  ADD ("full", test_full);
  status = g_test_run ();
  yj_test_remove_tree (media_folder ());
  return status;
}
