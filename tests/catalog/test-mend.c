/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog-test.h"
#include "yj-mend.h"

#include <math.h>

static YjCatalog *catalog;

#define SEEDANCE "r2v/doubao-seedance-2-0-260128"
#define WAN "i2v/wan2.6-i2v"
#define HORSE "r2v/happyhorse-1.0-r2v"
#define IMAGES YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE
#define VIDEOS YJ_SLOT_REFERENCE_VIDEOS, YJ_MEDIA_KIND_VIDEO
#define AUDIO YJ_SLOT_REFERENCE_AUDIO, YJ_MEDIA_KIND_AUDIO
#define FIRST YJ_SLOT_FIRST_FRAME, YJ_MEDIA_KIND_IMAGE
#define MIB (1024 * 1024)
#define NONE 0

typedef struct
{
  const char  *model;
  YjSlotRole   role;
  YjMediaKind  kind;
  const char  *type;
  gint64       size;
  int          width, height;
  double       seconds, frame_rate;
  YjMendFit    fit;

  guint        steps;           /* NONE: there is no mend */
  const char  *to;
  int          to_width, to_height;
  int          crop[4], place[4];
  double       length, to_rate;
} Row;

#define CROP YJ_MEND_FIT_CROP
#define PAD YJ_MEND_FIT_PAD

static const Row rows[] = {
  /* nothing is wrong, or nothing helps, or nothing is known */
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 1000, 1000, 0, 0, CROP, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  { SEEDANCE, VIDEOS, "video/mp4", 1000, 1280, 720, 1, 30, CROP, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/avif", 0, 0, 0, 0, 0, CROP, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  { SEEDANCE, AUDIO, "audio/mpeg", 1000, 0, 0, 5, 0, CROP, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 15, 15, 0, 0, CROP, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 12, 6000, 0, 0, PAD, NONE, NULL, 0, 0, { 0 }, { 0 }, 0, 0 },
  /* shape */
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 2600, 1000, 0, 0, CROP, YJ_MEND_SHAPE, "image/jpeg", 2500, 1000,
    { 50, 0, 2500, 1000 }, { 0, 0, 2500, 1000 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 2600, 1000, 0, 0, PAD, YJ_MEND_SHAPE, "image/jpeg", 2600, 1040,
    { 0, 0, 2600, 1000 }, { 0, 20, 2600, 1000 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 1000, 2600, 0, 0, CROP, YJ_MEND_SHAPE, "image/jpeg", 1000, 2500,
    { 0, 50, 1000, 2500 }, { 0, 0, 1000, 2500 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 1000, 2600, 0, 0, PAD, YJ_MEND_SHAPE, "image/jpeg", 1040, 2600,
    { 0, 0, 1000, 2600 }, { 20, 0, 1000, 2600 }, 0, 0 },
  /* size; a side that is too long and one that is too short */
  { SEEDANCE, IMAGES, "image/jpeg", 1000, 8000, 6000, 0, 0, CROP, YJ_MEND_SCALE_DOWN, "image/jpeg", 5999, 4499,
    { 0, 0, 8000, 6000 }, { 0, 0, 5999, 4499 }, 0, 0 },
  { SEEDANCE, IMAGES, "image/png", 1000, 200, 100, 0, 0, CROP, YJ_MEND_SCALE_UP, "image/png", 602, 301,
    { 0, 0, 200, 100 }, { 0, 0, 602, 301 }, 0, 0 },
  { WAN, FIRST, "image/jpeg", 1000, 4000, 3000, 0, 0, CROP, YJ_MEND_SCALE_DOWN, "image/jpeg", 2000, 1500,
    { 0, 0, 4000, 3000 }, { 0, 0, 2000, 1500 }, 0, 0 },
  /* Wan documents no ratio, but 360 to 2000 pixels are one */
  { WAN, FIRST, "image/jpeg", 1000, 4000, 400, 0, 0, CROP, YJ_MEND_SHAPE | YJ_MEND_SCALE_DOWN, "image/jpeg", 2000, 360,
    { 889, 0, 2222, 400 }, { 0, 0, 2000, 360 }, 0, 0 },
  /* type */
  { HORSE, IMAGES, "image/heic", 2 * MIB, 4032, 3024, 0, 0, CROP, YJ_MEND_CONVERT, "image/jpeg", 4032, 3024,
    { 0, 0, 4032, 3024 }, { 0, 0, 4032, 3024 }, 0, 0 },
  { HORSE, IMAGES, "image/gif", 1000, 500, 500, 0, 0, CROP, YJ_MEND_CONVERT, "image/png", 500, 500,
    { 0, 0, 500, 500 }, { 0, 0, 500, 500 }, 0, 0 },
  { HORSE, IMAGES, "image/tiff", 1000, 4000, 3000, 0, 0, CROP, YJ_MEND_CONVERT, "image/jpeg", 4000, 3000,   /* 10 MB at most */
    { 0, 0, 4000, 3000 }, { 0, 0, 4000, 3000 }, 0, 0 },
  /* bytes */
  { HORSE, IMAGES, "image/png", 21 * MIB, 4000, 3000, 0, 0, CROP, YJ_MEND_SHRINK, "image/jpeg", 4000, 3000,
    { 0, 0, 4000, 3000 }, { 0, 0, 4000, 3000 }, 0, 0 },
  /* clips */
  { SEEDANCE, VIDEOS, "video/quicktime", 1000, 3840, 2160, 5, 30, CROP, YJ_MEND_SCALE_DOWN, "video/mp4", 1920, 1080,
    { 0, 0, 3840, 2160 }, { 0, 0, 1920, 1080 }, 0, 0 },
  { SEEDANCE, VIDEOS, "video/webm", 1000, 1280, 720, 5, 30, CROP, YJ_MEND_CONVERT, "video/mp4", 1280, 720,
    { 0, 0, 1280, 720 }, { 0, 0, 1280, 720 }, 0, 0 },
  { SEEDANCE, VIDEOS, "video/mp4", 1000, 1280, 720, 20, 30, CROP, YJ_MEND_TRIM, "video/mp4", 1280, 720,
    { 0, 0, 1280, 720 }, { 0, 0, 1280, 720 }, 14.9, 0 },
  { SEEDANCE, VIDEOS, "video/mp4", 1000, 1280, 720, 5, 15, CROP, YJ_MEND_FRAME_RATE, "video/mp4", 1280, 720,
    { 0, 0, 1280, 720 }, { 0, 0, 1280, 720 }, 0, 24 },
  { SEEDANCE, VIDEOS, "video/mp4", 1000, 1280, 720, 5, 119.88, CROP, YJ_MEND_FRAME_RATE, "video/mp4", 1280, 720,
    { 0, 0, 1280, 720 }, { 0, 0, 1280, 720 }, 0, 60 },
  { SEEDANCE, VIDEOS, "video/mp4", 1000, 2560, 720, 5, 30, PAD, YJ_MEND_SHAPE | YJ_MEND_SCALE_DOWN, "video/mp4", 2274, 910,
    { 0, 0, 2560, 720 }, { 0, 134, 2274, 640 }, 0, 0 },
  /* sounds */
  { SEEDANCE, AUDIO, "audio/mpeg", 1000, 0, 0, 60, 0, CROP, YJ_MEND_TRIM, "audio/mpeg", 0, 0, { 0 }, { 0 }, 14.9, 0 },
  { SEEDANCE, AUDIO, "audio/wav", 1000, 0, 0, 60, 0, CROP, YJ_MEND_TRIM, "audio/wav", 0, 0, { 0 }, { 0 }, 14.9, 0 },
  { SEEDANCE, AUDIO, "audio/wav", 16 * MIB, 0, 0, 60, 0, CROP, YJ_MEND_TRIM | YJ_MEND_SHRINK, "audio/mpeg", 0, 0,
    { 0 }, { 0 }, 14.9, 0 },
  { SEEDANCE, AUDIO, "audio/mpeg", 1000, 0, 0, 1.2, 0, CROP, YJ_MEND_LENGTHEN, "audio/mpeg", 0, 0, { 0 }, { 0 }, 2.1, 0 },
  { SEEDANCE, AUDIO, "audio/ogg", 1000, 0, 0, 5, 0, CROP, YJ_MEND_CONVERT, "audio/mpeg", 0, 0, { 0 }, { 0 }, 0, 0 },
};

static YjDraftFile *
make_file (YjMediaKind  kind,
           const char  *type,
           gint64       size,
           int          width,
           int          height,
           double       seconds,
           double       frame_rate)
{
  g_autoptr(GFile) place = g_file_new_for_path ("/tmp/file");
  YjDraftFile *file = yj_draft_file_new (place, kind, type);

  yj_draft_file_set_facts (file, size, width, height, (gint64) (seconds * 1e9));
  yj_draft_file_set_frame_rate (file, frame_rate);
  return file;
}

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      YjSlot *slot = yj_model_find_slot (yj_catalog_find_by_id (catalog, row->model), row->role);
      g_autoptr(YjDraftFile) file = make_file (row->kind, row->type, row->size, row->width, row->height, row->seconds, row->frame_rate);
      g_autoptr(YjMend) mend = yj_mend_new (NULL, slot, file, &(YjMendWish) { row->fit, 0, 0, 0 });

      g_test_message ("row %u: %s %d × %d", i, row->type, row->width, row->height);
      if (row->steps == NONE)
        {
          g_assert_null (mend);
          continue;
        }
      g_assert_nonnull (mend);
      g_assert_cmpuint (mend->steps, ==, row->steps);
      g_assert_cmpstr (mend->content_type, ==, row->to);
      g_assert_cmpint (mend->width, ==, row->to_width);
      g_assert_cmpint (mend->height, ==, row->to_height);
      g_assert_cmpint (mend->crop_x, ==, row->crop[0]);
      g_assert_cmpint (mend->crop_y, ==, row->crop[1]);
      g_assert_cmpint (mend->crop_width, ==, row->crop[2]);
      g_assert_cmpint (mend->crop_height, ==, row->crop[3]);
      g_assert_cmpint (mend->place_x, ==, row->place[0]);
      g_assert_cmpint (mend->place_y, ==, row->place[1]);
      g_assert_cmpint (mend->place_width, ==, row->place[2]);
      g_assert_cmpint (mend->place_height, ==, row->place[3]);
      g_assert_cmpfloat_with_epsilon ((double) mend->length / 1e9, row->length, 1e-6);
      g_assert_cmpfloat_with_epsilon (mend->frame_rate, row->to_rate, 1e-6);
    }
}

/* The start that was asked for, as long as enough follows. */
static void
test_start (void)
{
  YjSlot *slot = yj_model_find_slot (yj_catalog_find_by_id (catalog, SEEDANCE), YJ_SLOT_REFERENCE_VIDEOS);
  g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_VIDEO, "video/mp4", 1000, 1280, 720, 20, 30);
  static const double starts[][2] = { { 0, 0 }, { 3, 3 }, { 5.1, 5.1 }, { 6, 5.1 }, { 100, 5.1 }, { -1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr(YjMend) mend = yj_mend_new (NULL, slot, file, &(YjMendWish) { CROP, 0, (gint64) (starts[i][0] * 1e9), 0 });

      g_assert_cmpfloat_with_epsilon ((double) mend->start / 1e9, starts[i][1], 1e-6);
      g_assert_cmpint (mend->start + mend->length, <=, yj_draft_file_get_duration (file));
    }
}

/* The length that was asked for, as far as it is within the limits: 2 to 15 seconds. */
static void
test_length (void)
{
  YjSlot *slot = yj_model_find_slot (yj_catalog_find_by_id (catalog, SEEDANCE), YJ_SLOT_REFERENCE_VIDEOS);
  g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_VIDEO, "video/mp4", 1000, 1280, 720, 20, 30);
  static const double lengths[][4] = { { 4, 0, 4, 0 }, { 4, 18, 4, 16 }, { 1, 3, 2.1, 3 }, { 19, 3, 14.9, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const YjMendWish wish = { CROP, 0, (gint64) (lengths[i][1] * 1e9), (gint64) (lengths[i][0] * 1e9) };
      g_autoptr(YjMend) mend = yj_mend_new (NULL, slot, file, &wish);

      g_assert_cmpfloat_with_epsilon ((double) mend->length / 1e9, lengths[i][2], 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) mend->start / 1e9, lengths[i][3], 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) mend->shortest / 1e9, 2.1, 1e-6);
      g_assert_cmpfloat_with_epsilon ((double) mend->longest / 1e9, 14.9, 1e-6);
    }
}

/* Which part of a picture that is too wide stays. */
static void
test_lean (void)
{
  YjSlot *slot = yj_model_find_slot (yj_catalog_find_by_id (catalog, SEEDANCE), YJ_SLOT_REFERENCE_IMAGES);
  g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_IMAGE, "image/jpeg", 1000, 2600, 1000, 0, 0);
  static const struct { double lean; int x; } leans[] = { { -1, 0 }, { -0.5, 25 }, { 0, 50 }, { 1, 100 }, { 9, 100 } };

  for (guint i = 0; i < G_N_ELEMENTS (leans); i++)
    {
      g_autoptr(YjMend) mend = yj_mend_new (NULL, slot, file, &(YjMendWish) { CROP, leans[i].lean, 0, 0 });

      g_assert_cmpint (mend->crop_x, ==, leans[i].x);
      g_assert_cmpint (mend->crop_width, ==, 2500);
    }
}

/* A clip that is coded in a way the model does not read is written anew, though nothing else is wrong. */
static void
test_codec (void)
{
  YjSlot *slot = yj_model_find_slot (yj_catalog_find_by_id (catalog, SEEDANCE), YJ_SLOT_REFERENCE_VIDEOS);
  static const struct { const char *video, *audio; guint steps; } codings[] = {
    { "H.264", "AAC", NONE }, { "H.265", NULL, NONE }, { NULL, NULL, NONE },
    { "VP9", "AAC", YJ_MEND_CONVERT }, { "ProRes", NULL, YJ_MEND_CONVERT }, { "H.264", "Opus", YJ_MEND_CONVERT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_VIDEO, "video/mp4", 1000, 1280, 720, 5, 30);
      g_autoptr(YjMend) mend = NULL;

      yj_draft_file_set_codecs (file, codings[i].video, codings[i].audio);
      mend = yj_mend_new (NULL, slot, file, NULL);
      g_assert_cmpuint (mend != NULL ? mend->steps : NONE, ==, codings[i].steps);
    }
}

/* Three clips of six seconds each are too long together: one can be shortened to what the others leave. */
static void
test_total (void)
{
  YjModel *model = yj_catalog_find_by_id (catalog, SEEDANCE);
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  YjSlot *slot = yj_model_find_slot (model, YJ_SLOT_REFERENCE_VIDEOS);

  for (int i = 0; i < 3; i++)
    {
      g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_VIDEO, "video/mp4", 1000, 1280, 720, 6, 30);
      g_autoptr(YjMend) mend = NULL;

      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_VIDEOS, file));
      mend = yj_mend_new (draft, slot, file, NULL);
      if (i < 2)
        g_assert_null (mend);
      else
        {
          g_assert_cmpuint (mend->steps, ==, YJ_MEND_TRIM);
          g_assert_cmpfloat_with_epsilon ((double) mend->length / 1e9, 2.9, 1e-6);
        }
    }
}

/* ---- what a mend promises, over all models: the result passes the same checks */
static guint
count_problems (YjModel     *model,
                YjSlotRole   role,
                YjDraftFile *file)
{
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  g_autoptr(GPtrArray) problems = NULL;
  guint n = 0;

  g_assert_true (yj_draft_add_file (draft, role, file));
  problems = yj_draft_validate (draft);
  for (guint i = 0; i < problems->len; i++)
    n += ((YjProblem *) g_ptr_array_index (problems, i))->file == file && yj_problem_is_mendable (g_ptr_array_index (problems, i));
  return n;
}

static void
check_geometry (const YjMend *mend,
                YjDraftFile  *file)
{
  int width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
  double across = (double) mend->place_width / mend->crop_width, down = (double) mend->place_height / mend->crop_height;

  g_assert_true (mend->crop_x >= 0 && mend->crop_width >= 1 && mend->crop_x + mend->crop_width <= width);
  g_assert_true (mend->crop_y >= 0 && mend->crop_height >= 1 && mend->crop_y + mend->crop_height <= height);
  g_assert_true (mend->place_x >= 0 && mend->place_width >= 1 && mend->place_x + mend->place_width <= mend->width);
  g_assert_true (mend->place_y >= 0 && mend->place_height >= 1 && mend->place_y + mend->place_height <= mend->height);
  /* nothing is distorted: no more than the whole pixels make it */
  g_assert_cmpfloat (fabs (across / down - 1), <, 2.1 / MIN (MIN (mend->place_width, mend->place_height),
                                                            MIN (mend->crop_width, mend->crop_height)));
  if (mend->kind == YJ_MEDIA_KIND_VIDEO)
    g_assert_cmpint ((mend->width | mend->height | mend->place_x | mend->place_y | mend->place_width | mend->place_height) & 1, ==, 0);
}

static gboolean
check_one (YjModel     *model,
           YjSlot      *slot,
           YjDraftFile *file,
           YjMendFit    fit)
{
  guint before = count_problems (model, yj_slot_get_role (slot), file);
  g_autoptr(YjDraft) draft = yj_draft_new (model);
  g_autoptr(YjMend) mend = yj_mend_new (draft, slot, file, &(YjMendWish) { fit, 0, 0, 0 });
  g_autoptr(YjDraftFile) mended = NULL;
  gint64 size, duration;

  if (mend == NULL)
    return before == 0;
  g_assert_cmpuint (before, >, 0);
  if (mend->kind != YJ_MEDIA_KIND_AUDIO)
    check_geometry (mend, file);
  size = yj_draft_file_get_size (file);
  duration = mend->length > 0 ? mend->length : yj_draft_file_get_duration (file);
  mended = make_file (mend->kind, mend->content_type, mend->max_bytes > 0 ? MIN (size, mend->max_bytes) : size,
                      mend->width, mend->height, (double) duration / 1e9,
                      mend->frame_rate > 0 ? mend->frame_rate : yj_draft_file_get_frame_rate (file));
  g_assert_cmpuint (count_problems (model, yj_slot_get_role (slot), mended), ==, 0);
  return TRUE;
}

static const char * const types[][6] = {
  [YJ_MEDIA_KIND_IMAGE] = { "image/jpeg", "image/png", "image/avif", "image/gif", NULL, NULL },
  [YJ_MEDIA_KIND_VIDEO] = { "video/mp4", "video/quicktime", "video/webm", "video/x-matroska", NULL, NULL },
  [YJ_MEDIA_KIND_AUDIO] = { "audio/mpeg", "audio/wav", "audio/flac", "audio/mp4", NULL, NULL },
};

static void
check_slot (YjModel *model,
            YjSlot  *slot,
            guint   *checked)
{
  static const int sides[] = { 40, 63, 299, 300, 301, 359, 720, 1081, 1999, 2001, 4096, 6001, 12000 };
  static const double seconds[] = { 2, 7, 15, 15.2, 100 }, rates[] = { 0, 12, 23.976, 30, 120 };
  static const gint64 sizes[] = { 1000, 10 * MIB, 31 * MIB, 300 * MIB };
  YjMediaKind kind = yj_slot_get_kind (slot);

  for (guint t = 0; types[kind][t] != NULL; t++)
    for (guint w = 0; w < (kind == YJ_MEDIA_KIND_AUDIO ? 1 : G_N_ELEMENTS (sides)); w++)
      for (guint h = 0; h < (kind == YJ_MEDIA_KIND_AUDIO ? 1 : G_N_ELEMENTS (sides)); h++)
        for (guint s = 0; s < (kind == YJ_MEDIA_KIND_IMAGE ? G_N_ELEMENTS (sizes) : G_N_ELEMENTS (seconds)); s++)
          for (int fit = CROP; fit <= PAD; fit++)
            {
              gboolean still = kind == YJ_MEDIA_KIND_IMAGE, sound = kind == YJ_MEDIA_KIND_AUDIO;
              g_autoptr(YjDraftFile) file = make_file (kind, types[kind][t], sizes[still ? s : (s + t) % G_N_ELEMENTS (sizes)],
                                                       sound ? 0 : sides[w], sound ? 0 : sides[h], still ? 0 : seconds[s],
                                                       kind == YJ_MEDIA_KIND_VIDEO ? rates[(w + h + s) % G_N_ELEMENTS (rates)] : 0);

              if (!check_one (model, slot, file, (YjMendFit) fit))
                g_error ("%s: no mend for %s %d × %d, %g s", yj_model_get_id (model), types[kind][t], sides[w], sides[h],
                         still ? 0 : seconds[s]);
              (*checked)++;
            }
}

/* A last frame gets the shape of the first, as far as its slot takes that, and nothing is said of it afterwards. */
static void
test_last_frame (void)
{
  static const struct { const char *model, *type; int first[2], last[2]; YjMendFit fit; guint steps; int to[2]; } looks[] = {
    { "i2v/doubao-seedance-2-0-260128", "image/jpeg", { 1600, 900 }, { 1000, 1000 }, CROP, YJ_MEND_SHAPE, { 1000, 563 } },
    { "i2v/doubao-seedance-2-0-260128", "image/jpeg", { 1600, 900 }, { 1000, 1000 }, PAD, YJ_MEND_SHAPE, { 1778, 1000 } },
    { "i2v/doubao-seedance-1-5-pro-251215", "image/jpeg", { 900, 1600 }, { 1600, 900 }, CROP, YJ_MEND_SHAPE, { 506, 900 } },
    { "i2v/viduq3-pro", "image/jpeg", { 1000, 1000 }, { 1600, 900 }, CROP, YJ_MEND_SHAPE, { 900, 900 } },
    { WAN, "image/jpeg", { 1000, 1000 }, { 1800, 400 }, CROP, YJ_MEND_SHAPE, { 400, 400 } },
    { WAN, "image/jpeg", { 1600, 900 }, { 500, 500 }, CROP, YJ_MEND_SHAPE | YJ_MEND_SCALE_UP, { 640, 360 } },
    { WAN, "image/tiff", { 1000, 1000 }, { 1600, 900 }, CROP, YJ_MEND_SHAPE | YJ_MEND_CONVERT, { 900, 900 } },
    /* the same already, and nearly so */
    { WAN, "image/jpeg", { 1000, 1000 }, { 900, 900 }, CROP, NONE, { 0 } },
    { WAN, "image/jpeg", { 1000, 1000 }, { 900, 890 }, CROP, NONE, { 0 } },
    /* the first has a shape that cannot be had: it is told of by itself */
    { "i2v/doubao-seedance-2-0-260128", "image/jpeg", { 3000, 900 }, { 1000, 1000 }, CROP, NONE, { 0 } },
    { WAN, "image/jpeg", { 2000, 200 }, { 1000, 1000 }, CROP, NONE, { 0 } },
    { WAN, "image/tiff", { 2000, 200 }, { 1000, 1000 }, CROP, YJ_MEND_CONVERT, { 1000, 1000 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      YjModel *model = yj_catalog_find_by_id (catalog, looks[i].model);
      YjSlot *slot = yj_model_find_slot (model, YJ_SLOT_LAST_FRAME);
      g_autoptr(YjDraft) draft = yj_draft_new (model);
      g_autoptr(YjDraftFile) first = make_file (YJ_MEDIA_KIND_IMAGE, "image/jpeg", 1000, looks[i].first[0], looks[i].first[1], 0, 0);
      g_autoptr(YjDraftFile) last = make_file (YJ_MEDIA_KIND_IMAGE, looks[i].type, 1000, looks[i].last[0], looks[i].last[1], 0, 0);
      g_autoptr(YjDraftFile) mended = NULL;
      g_autoptr(GPtrArray) notes = NULL;
      g_autoptr(YjMend) mend = NULL;

      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_FIRST_FRAME, first));
      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_LAST_FRAME, last));
      mend = yj_mend_new (draft, slot, last, &(YjMendWish) { looks[i].fit, 0, 0, 0 });
      g_test_message ("%u: %u, %d × %d", i, mend != NULL ? mend->steps : 0, mend != NULL ? mend->width : 0, mend != NULL ? mend->height : 0);
      g_assert_cmpuint (mend != NULL ? mend->steps : NONE, ==, looks[i].steps);
      if (mend == NULL)
        continue;
      g_assert_cmpint (mend->width, ==, looks[i].to[0]);
      g_assert_cmpint (mend->height, ==, looks[i].to[1]);
      check_geometry (mend, last);
      if (!(mend->steps & YJ_MEND_SHAPE))
        continue;
      mended = make_file (YJ_MEDIA_KIND_IMAGE, mend->content_type, 1000, mend->width, mend->height, 0, 0);
      yj_draft_remove_file (draft, last);
      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_LAST_FRAME, mended));
      notes = yj_draft_lint (draft);
      for (guint j = 0; j < notes->len; j++)
        g_assert_true (((YjProblem *) g_ptr_array_index (notes, j))->file != mended);
    }
}

/* An alpha channel goes where its type is not taken with one; where another change makes such a type, too. */
static void
test_flatten (void)
{
  static const struct { const char *model; YjSlotRole role; const char *type; int width; gboolean alpha; guint steps; const char *to; gboolean opaque; } looks[] = {
    { WAN, YJ_SLOT_FIRST_FRAME, "image/png", 1000, TRUE, YJ_MEND_FLATTEN, "image/png", TRUE },
    { WAN, YJ_SLOT_LAST_FRAME, "image/png", 1000, TRUE, YJ_MEND_FLATTEN, "image/png", TRUE },
    { WAN, YJ_SLOT_FIRST_FRAME, "image/png", 1000, FALSE, NONE, NULL, FALSE },
    { WAN, YJ_SLOT_FIRST_FRAME, "image/webp", 1000, TRUE, NONE, NULL, FALSE },
    { WAN, YJ_SLOT_FIRST_FRAME, "image/png", 2200, TRUE, YJ_MEND_FLATTEN | YJ_MEND_SCALE_DOWN, "image/png", TRUE },
    { WAN, YJ_SLOT_FIRST_FRAME, "image/tiff", 1000, TRUE, YJ_MEND_FLATTEN | YJ_MEND_CONVERT, "image/png", TRUE },
    { WAN, YJ_SLOT_FIRST_FRAME, "image/tiff", 1000, FALSE, YJ_MEND_CONVERT, "image/png", TRUE },
    { HORSE, YJ_SLOT_REFERENCE_IMAGES, "image/png", 1000, TRUE, NONE, NULL, FALSE },
    { HORSE, YJ_SLOT_REFERENCE_IMAGES, "image/tiff", 1000, TRUE, YJ_MEND_CONVERT, "image/png", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      YjModel *model = yj_catalog_find_by_id (catalog, looks[i].model);
      g_autoptr(YjDraftFile) file = make_file (YJ_MEDIA_KIND_IMAGE, looks[i].type, 1000, looks[i].width, 800, 0, 0);
      g_autoptr(YjMend) mend = NULL;

      yj_draft_file_set_alpha (file, looks[i].alpha);
      mend = yj_mend_new (NULL, yj_model_find_slot (model, looks[i].role), file, NULL);
      g_test_message ("%u", i);
      g_assert_cmpuint (mend != NULL ? mend->steps : NONE, ==, looks[i].steps);
      g_assert_cmpstr (mend != NULL ? mend->content_type : NULL, ==, looks[i].to);
      if (mend == NULL)
        continue;
      g_assert_true (mend->opaque == looks[i].opaque);
      g_assert_cmpint (mend->width, ==, MIN (looks[i].width, 2000));
    }
}

static void
test_promise (void)
{
  guint checked = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      GListModel *slots = yj_model_get_slots (model);

      for (guint j = 0; j < g_list_model_get_n_items (slots); j++)
        {
          g_autoptr(YjSlot) slot = g_list_model_get_item (slots, j);

          check_slot (model, slot, &checked);
        }
    }
  g_test_message ("%u files", checked);
  g_assert_cmpuint (checked, >, 10000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/mend/rows", test_rows);
  g_test_add_func ("/mend/start", test_start);
  g_test_add_func ("/mend/length", test_length);
  g_test_add_func ("/mend/lean", test_lean);
  g_test_add_func ("/mend/codec", test_codec);
  g_test_add_func ("/mend/total", test_total);
  g_test_add_func ("/mend/last-frame", test_last_frame);
  g_test_add_func ("/mend/flatten", test_flatten);
  g_test_add_func ("/mend/promise", test_promise);

  return g_test_run ();
}
