/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every limit of every model: a draft that is exactly at it passes, one that is a step beyond is refused (or noted) with a
 * sentence that names the file, the limit and the value. The figures stand here a second time, written by hand from
 * what the makers document; what models.json says and what this table says must be the same, neither more nor less.
 */
#include "catalog-test.h"
#include "yj-test-language.h"
#include "yj-limit-private.h"
#include "yj-mend.h"

#include <math.h>
#include <string.h>

static YjCatalog *catalog;
static gboolean chinese;        /* the same sentences are read in Chinese */

#define LIMIT YJ_PROBLEM_LIMIT
#define NOTE YJ_PROBLEM_NOTE
#define MIB (1024.0 * 1024)
#define MB 1e6
#define LOW_PIXELS 927408       /* of a clip for a video of 480p or 720p */
#define LEAST '<'
#define MOST '>'

/* ---- the second table */
typedef struct
{
  const char  *models;          /* ids, separated by spaces */
  const char  *places;          /* roles of slots, meanings of parameters, or prompt */
  YjLimitUnit  unit;
  int          severity;        /* of what is a step beyond */
  char         side;
  double       bound;
} Figure;

#define HAPPYHORSE "t2v/happyhorse-1.0-t2v i2v/happyhorse-1.0-i2v r2v/happyhorse-1.0-r2v"
#define SEEDANCE_2_I2V "i2v/doubao-seedance-2-0-260128 i2v/doubao-seedance-2-0-fast-260128"
#define SEEDANCE_2_R2V "r2v/doubao-seedance-2-0-260128"
#define SEEDANCE_2 "t2v/doubao-seedance-2-0-260128 t2v/doubao-seedance-2-0-fast-260128 t2v/dreamina-seedance-2-0-260128 " \
                   "t2v/dreamina-seedance-2-0-fast-260128 " SEEDANCE_2_I2V " " SEEDANCE_2_R2V
#define SEEDANCE_15_I2V "i2v/doubao-seedance-1-5-pro-251215"
#define SEEDANCE_15 "t2v/doubao-seedance-1-5-pro-251215 " SEEDANCE_15_I2V
#define WAN_I2V "i2v/wan2.6-i2v i2v/wan2.6-i2v-flash"
#define WAN "t2v/wan2.6-t2v " WAN_I2V
#define VIDU_I2V "i2v/viduq3-pro i2v/viduq2-turbo"
#define VIDU_Q3 "t2v/viduq3-pro i2v/viduq3-pro"
#define FRAMES "first-frame last-frame"

/* Seedance: "jpeg png webp bmp tiff gif; each side >300 and <6000; w/h >0.4 and <2.5; <30 MB": refused at the loosest
   reading of those words, noted at the strictest. */
#define SEEDANCE_PICTURES(models, places) \
  { models, places, YJ_LIMIT_BYTES, LIMIT, MOST, 30 * MIB }, { models, places, YJ_LIMIT_BYTES, NOTE, MOST, 30 * MB }, \
  { models, places, YJ_LIMIT_SIDE, LIMIT, LEAST, 300 }, { models, places, YJ_LIMIT_SIDE, LIMIT, MOST, 6000 }, \
  { models, places, YJ_LIMIT_SIDE, NOTE, LEAST, 301 }, { models, places, YJ_LIMIT_SIDE, NOTE, MOST, 5999 }, \
  { models, places, YJ_LIMIT_RATIO, LIMIT, LEAST, 0.4 }, { models, places, YJ_LIMIT_RATIO, LIMIT, MOST, 2.5 }

static const Figure figures[] = {
  SEEDANCE_PICTURES (SEEDANCE_2_I2V " " SEEDANCE_15_I2V, FRAMES),
  SEEDANCE_PICTURES (SEEDANCE_2_R2V, "reference-images"),
  { SEEDANCE_2_R2V, "reference-images", YJ_LIMIT_COUNT, LIMIT, MOST, 9 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_COUNT, LIMIT, MOST, 3 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_BYTES, LIMIT, MOST, 50 * MIB },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_BYTES, NOTE, MOST, 50 * MB },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_TOTAL_BYTES, NOTE, MOST, 50 * MB },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_SIDE, LIMIT, LEAST, 300 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_SIDE, LIMIT, MOST, 6000 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_RATIO, LIMIT, LEAST, 0.4 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_RATIO, LIMIT, MOST, 2.5 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_PIXELS, LIMIT, LEAST, 409600 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_PIXELS, LIMIT, MOST, 2086876 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_PIXELS, NOTE, MOST, 2073600 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_PIXELS, NOTE, MOST, LOW_PIXELS },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_FRAME_RATE, LIMIT, LEAST, 24 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_FRAME_RATE, LIMIT, MOST, 60 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_DURATION, LIMIT, LEAST, 1.8 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_DURATION, LIMIT, MOST, 15.1 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_DURATION, NOTE, LEAST, 2 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_DURATION, NOTE, MOST, 15 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_TOTAL_DURATION, LIMIT, MOST, 15.1 },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_TOTAL_DURATION, NOTE, MOST, 15 },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_COUNT, LIMIT, MOST, 3 },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_BYTES, LIMIT, MOST, 15 * MIB },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_BYTES, NOTE, MOST, 15 * MB },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_TOTAL_BYTES, NOTE, MOST, 15 * MB },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_DURATION, LIMIT, LEAST, 2 },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_DURATION, LIMIT, MOST, 15 },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_TOTAL_DURATION, LIMIT, MOST, 15 },

  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_SHORT_SIDE, LIMIT, LEAST, 300 },
  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_RATIO, LIMIT, LEAST, 0.4 },
  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_RATIO, LIMIT, MOST, 2.5 },
  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_BYTES, LIMIT, MOST, 10 * MIB },
  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_BYTES, NOTE, MOST, 10 * MB },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_SHORT_SIDE, LIMIT, LEAST, 400 },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_RATIO, LIMIT, LEAST, 0.4 },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_RATIO, LIMIT, MOST, 2.5 },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_BYTES, LIMIT, MOST, 20 * MIB },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_BYTES, NOTE, MOST, 10 * MB },
  { WAN_I2V, FRAMES, YJ_LIMIT_SIDE, LIMIT, LEAST, 360 },
  { WAN_I2V, FRAMES, YJ_LIMIT_SIDE, LIMIT, MOST, 2000 },
  { WAN_I2V, FRAMES, YJ_LIMIT_BYTES, LIMIT, MOST, 10 * MIB },
  { WAN_I2V, FRAMES, YJ_LIMIT_BYTES, NOTE, MOST, 10 * MB },
  { VIDU_I2V, FRAMES, YJ_LIMIT_SIDE, LIMIT, LEAST, 128 },
  { VIDU_I2V, FRAMES, YJ_LIMIT_RATIO, LIMIT, LEAST, 0.25 },
  { VIDU_I2V, FRAMES, YJ_LIMIT_RATIO, LIMIT, MOST, 4 },
  { VIDU_I2V, FRAMES, YJ_LIMIT_BYTES, LIMIT, MOST, 50 * MIB },
  { VIDU_I2V, FRAMES, YJ_LIMIT_BYTES, NOTE, MOST, 50 * MB },

  /* cut without a word: noted, never refused */
  { HAPPYHORSE, "prompt", YJ_LIMIT_CHARACTERS, NOTE, MOST, 5000 },
  { HAPPYHORSE, "prompt", YJ_LIMIT_HAN, NOTE, MOST, 2500 },
  { WAN, "prompt", YJ_LIMIT_CHARACTERS, NOTE, MOST, 1500 },
  { WAN, "prompt", YJ_LIMIT_CHARACTERS, NOTE, MOST, 800 },
  { WAN, "negative-prompt", YJ_LIMIT_CHARACTERS, LIMIT, MOST, 500 },
  { SEEDANCE_2 " " SEEDANCE_15, "prompt", YJ_LIMIT_HAN, NOTE, MOST, 500 },
  { SEEDANCE_2 " " SEEDANCE_15, "prompt", YJ_LIMIT_WORDS, NOTE, MOST, 1000 },
  { VIDU_Q3, "prompt", YJ_LIMIT_CHARACTERS, LIMIT, MOST, 5000 },
  { VIDU_Q3, "prompt", YJ_LIMIT_CHARACTERS, NOTE, MOST, 2000 },
  { "i2v/viduq2-turbo", "prompt", YJ_LIMIT_CHARACTERS, LIMIT, MOST, 2000 },
  { HAPPYHORSE, "duration", YJ_LIMIT_NUMBER, LIMIT, LEAST, 3 },
  { HAPPYHORSE, "duration", YJ_LIMIT_NUMBER, LIMIT, MOST, 15 },
  { SEEDANCE_2, "duration", YJ_LIMIT_NUMBER, LIMIT, LEAST, 4 },
  { SEEDANCE_2, "duration", YJ_LIMIT_NUMBER, LIMIT, MOST, 15 },
  { SEEDANCE_15, "duration", YJ_LIMIT_NUMBER, LIMIT, LEAST, 4 },
  { SEEDANCE_15, "duration", YJ_LIMIT_NUMBER, LIMIT, MOST, 12 },
  { "i2v/viduq2-turbo", "duration", YJ_LIMIT_NUMBER, NOTE, MOST, 8 },
};

/* Lists of what is taken, and one that is not. */
typedef struct
{
  const char  *models;
  const char  *places;
  YjLimitUnit  unit;
  int          severity;
  const char  *values;
  const char  *other;
} List;

#define SEEDANCE_TYPES "image/jpeg image/png image/webp image/bmp image/tiff image/gif"

static const List lists[] = {
  { SEEDANCE_2_I2V, FRAMES, YJ_LIMIT_TYPES, LIMIT, SEEDANCE_TYPES, "image/heic" },
  { SEEDANCE_15_I2V, FRAMES, YJ_LIMIT_TYPES, LIMIT, SEEDANCE_TYPES " image/heic image/heif", "image/avif" },
  { SEEDANCE_2_R2V, "reference-images", YJ_LIMIT_TYPES, LIMIT, SEEDANCE_TYPES, "image/avif" },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_TYPES, LIMIT, "video/mp4 video/quicktime", "video/webm" },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_VIDEO_CODEC, LIMIT, "H.264 H.265", "VP9" },
  { SEEDANCE_2_R2V, "reference-videos", YJ_LIMIT_AUDIO_CODEC, LIMIT, "AAC MP3", "Opus" },
  { SEEDANCE_2_R2V, "reference-audio", YJ_LIMIT_TYPES, LIMIT, "audio/x-wav audio/wav audio/vnd.wave audio/mpeg", "audio/flac" },
  { "r2v/happyhorse-1.0-r2v", "reference-images", YJ_LIMIT_TYPES, LIMIT, "image/jpeg image/png image/webp", "image/gif" },
  { "i2v/happyhorse-1.0-i2v", "first-frame", YJ_LIMIT_TYPES, NOTE, "image/jpeg image/png image/webp", "image/heic" },
  { WAN_I2V, FRAMES, YJ_LIMIT_TYPES, LIMIT, "image/jpeg image/png image/bmp image/webp", "image/tiff" },
  { WAN_I2V, FRAMES, YJ_LIMIT_OPAQUE, NOTE, "image/png", "image/webp" },          /* with an alpha channel */
  { VIDU_I2V, FRAMES, YJ_LIMIT_TYPES, LIMIT, "image/png image/jpeg image/webp", "image/bmp" },
  { "t2v/happyhorse-1.0-t2v r2v/happyhorse-1.0-r2v", "resolution", YJ_LIMIT_VALUES, NOTE, "720p 1080p", "480p" },
  { "t2v/doubao-seedance-2-0-fast-260128 t2v/dreamina-seedance-2-0-fast-260128 i2v/doubao-seedance-2-0-fast-260128",
    "resolution", YJ_LIMIT_VALUES, NOTE, "480p 720p", "1080p" },
};

/* ---- one case */
typedef struct
{
  char        *model;
  char        *place;
  YjLimitUnit  unit;
  int          severity;
  char         side;
  double       bound;
  const char  *values;          /* of a list */
  const char  *other;
} Case;

static const char * const unit_names[] = {
  "none", "number", "values", "characters", "han", "words", "count", "types", "video-codec", "audio-codec", "opaque", "bytes", "total-bytes",
  "side", "short-side", "pixels", "ratio", "frame-rate", "duration", "total-duration", "companion",
};

static char *
dup_key (const Case *c)
{
  if (c->values != NULL)
    return g_strdup_printf ("%s/%s/%s/%d/%s", c->model, c->place, unit_names[c->unit], c->severity, c->values);

  return g_strdup_printf ("%s/%s/%s/%d/%c%.10g", c->model, c->place, unit_names[c->unit], c->severity, c->side, c->bound);
}

static GPtrArray *cases;
static GHashTable *expected;    /* keys of the second table */

static void
expand (const char  *models,
        const char  *places,
        const Case  *pattern)
{
  g_auto(GStrv) each_model = g_strsplit (models, " ", -1), each_place = g_strsplit (places, " ", -1);

  for (guint i = 0; each_model[i] != NULL; i++)
    for (guint j = 0; each_place[j] != NULL; j++)
      {
        Case *c = g_memdup2 (pattern, sizeof *pattern);

        c->model = g_strdup (each_model[i]);
        c->place = g_strdup (each_place[j]);
        g_ptr_array_add (cases, c);
        g_assert_true (g_hash_table_add (expected, dup_key (c)));       /* no row stands there twice */
      }
}

static void
make_cases (void)
{
  cases = g_ptr_array_new ();
  expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      Case pattern = { NULL, NULL, figures[i].unit, figures[i].severity, figures[i].side, figures[i].bound, NULL, NULL };

      expand (figures[i].models, figures[i].places, &pattern);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      Case pattern = { NULL, NULL, lists[i].unit, lists[i].severity, 0, 0, lists[i].values, lists[i].other };

      expand (lists[i].models, lists[i].places, &pattern);
    }
}

/* ---- the shipped file says the same */
static void
tell (GHashTable *found,
      Case        c)
{
  char *key = dup_key (&c);

  if (!g_hash_table_contains (expected, key))
    g_error ("models.json has a limit that the second table does not have: %s", key);
  g_hash_table_add (found, key);
}

static void
tell_bounds (GHashTable     *found,
             const YjLimit  *limit,
             char           *model,
             char           *place)
{
  int severity = limit->cut ? NOTE : LIMIT;

  if (limit->loosest.minimum > -G_MAXDOUBLE)
    tell (found, (Case) { model, place, limit->unit, severity, LEAST, limit->loosest.minimum, NULL, NULL });
  if (limit->loosest.maximum < G_MAXDOUBLE)
    tell (found, (Case) { model, place, limit->unit, severity, MOST, limit->loosest.maximum, NULL, NULL });
  if (limit->strictest.minimum > limit->loosest.minimum)
    tell (found, (Case) { model, place, limit->unit, NOTE, LEAST, limit->strictest.minimum, NULL, NULL });
  if (limit->strictest.maximum < limit->loosest.maximum)
    tell (found, (Case) { model, place, limit->unit, NOTE, MOST, limit->strictest.maximum, NULL, NULL });
}

static void
tell_limits (GHashTable *found,
             GPtrArray  *limits,
             YjModel    *model,
             const char *place)
{
  for (guint i = 0; i < limits->len; i++)
    {
      const YjLimit *limit = g_ptr_array_index (limits, i);
      char *id = (char *) yj_model_get_id (model), *subject = (char *) (place != NULL ? place : limit->subject);
      g_autofree char *loosest = limit->loosest_values != NULL ? g_strjoinv (" ", limit->loosest_values) : NULL;
      g_autofree char *strictest = limit->strictest_values != NULL ? g_strjoinv (" ", limit->strictest_values) : NULL;

      g_assert_nonnull (limit->source);
      if (loosest != NULL)
        tell (found, (Case) { id, subject, limit->unit, LIMIT, 0, 0, loosest, NULL });
      if (strictest != NULL)
        tell (found, (Case) { id, subject, limit->unit, NOTE, 0, 0, strictest, NULL });
      tell_bounds (found, limit, id, subject);
    }
}

static void
test_same (void)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      GListModel *slots = yj_model_get_slots (model);

      tell_limits (found, yj_model_get_limits (model), model, NULL);
      for (guint j = 0; j < g_list_model_get_n_items (slots); j++)
        {
          g_autoptr(YjSlot) slot = g_list_model_get_item (slots, j);

          tell_limits (found, yj_slot_get_limits (slot), model, yj_slot_role_to_string (yj_slot_get_role (slot)));
        }
    }

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (found, key))
      g_error ("models.json lacks a limit: %s", (char *) key);
  g_assert_cmpuint (cases->len, >=, 150);
}

/* ---- drafts at and beyond a limit */

/* Sides whose product is as near to @pixels as possible, on the side of @beyond. */
static void
find_sides (double    pixels,
            gboolean  more,
            int      *width,
            int      *height)
{
  double best = G_MAXDOUBLE;

  for (int w = (int) (sqrt (pixels) * 0.8); w < sqrt (pixels) * 1.2; w++)
    {
      int h = more ? (int) ceil (pixels / w) : (int) floor (pixels / w);

      if (fabs (pixels - (double) w * h) < best)
        {
          best = fabs (pixels - (double) w * h);
          *width = w;
          *height = h;
        }
    }
}

static double
get_step (YjLimitUnit unit)
{
  return unit == YJ_LIMIT_FRAME_RATE || unit == YJ_LIMIT_DURATION || unit == YJ_LIMIT_TOTAL_DURATION ? 0.1 : 1;
}

/* Gives @file the figure @value; returns what it really became. */
static double
set_figure (YjDraftFile *file,
            const Case  *c,
            gboolean     beyond)
{
  double sign = c->side == MOST ? 1 : -1, value = c->bound + (beyond ? sign * get_step (c->unit) : 0);
  gint64 size = yj_draft_file_get_size (file), duration = yj_draft_file_get_duration (file);
  int width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);

  switch ((int) c->unit)
    {
    case YJ_LIMIT_BYTES:
      size = (gint64) value;
      break;
    case YJ_LIMIT_SIDE:
      width = (int) value;
      height = c->side == LEAST ? width : MAX (1000, (int) ceil (c->bound / 2));
      break;
    case YJ_LIMIT_SHORT_SIDE:
      width = height = (int) value;
      break;
    case YJ_LIMIT_PIXELS:
      find_sides (value, c->side == LEAST ? !beyond : beyond, &width, &height);
      value = (double) width * height;
      break;
    case YJ_LIMIT_RATIO:
      width = c->bound < 1 ? (int) round (1300 * c->bound) : 1300;
      height = c->bound < 1 ? 1300 : (int) round (1300 / c->bound);
      width += beyond ? (int) sign : 0;
      value = (double) width / height;
      break;
    case YJ_LIMIT_FRAME_RATE:
      yj_draft_file_set_frame_rate (file, value);
      break;
    case YJ_LIMIT_DURATION:
      duration = (gint64) round (value * 10) * 100000000;
      break;
    default:
      g_assert_not_reached ();
    }
  yj_draft_file_set_facts (file, size, width, height, duration);
  return value;
}

/* Fills the slot so that its total is @value. */
static double
set_total (YjDraft     *draft,
           YjSlotRole   role,
           const Case  *c,
           gboolean     beyond)
{
  double value = c->bound + (beyond ? get_step (c->unit) : 0);
  YjDraftFile *file;

  if (c->unit == YJ_LIMIT_COUNT)
    for (int i = 0; i < (int) value; i++)
      {
        file = add_plain (draft, role, i == (int) c->bound ? NAME : "plain");
        if (yj_draft_file_get_duration (file) > 0)
          yj_draft_file_set_facts (file, 200000, yj_draft_file_get_width (file), yj_draft_file_get_height (file), 3000000000);
      }
  else
    for (int i = 0; i < 2; i++)
      {
        double first = c->unit == YJ_LIMIT_TOTAL_BYTES ? floor (c->bound / 2) : 7, share = i == 0 ? first : value - first;

        file = add_plain (draft, role, i == 1 ? NAME : "plain");
        yj_draft_file_set_facts (file, c->unit == YJ_LIMIT_TOTAL_BYTES ? (gint64) share : 200000, yj_draft_file_get_width (file),
                                 yj_draft_file_get_height (file),
                                 c->unit == YJ_LIMIT_TOTAL_BYTES ? 4000000000 : (gint64) round (share * 10) * 100000000);
      }
  return value;
}

static void
set_coding (YjDraft     *draft,
            YjSlotRole   role,
            YjLimitUnit  unit,
            const char  *value)
{
  YjMediaKind kind = yj_slot_get_kind (yj_model_find_slot (yj_draft_get_model (draft), role));
  g_autoptr(GFile) place = g_file_new_for_path ("/tmp/" NAME);
  g_autoptr(YjDraftFile) file = NULL;

  if (unit == YJ_LIMIT_TYPES)
    {
      file = yj_draft_file_new (place, kind, value);
      g_assert_true (yj_draft_add_file (draft, role, file));
      return;
    }
  file = g_object_ref (add_plain (draft, role, NAME));
  yj_draft_file_set_codecs (file, unit == YJ_LIMIT_VIDEO_CODEC ? value : "H.264", unit == YJ_LIMIT_AUDIO_CODEC ? value : "AAC");
}

static void
set_text (YjDraft    *draft,
          const Case *c,
          gboolean    beyond)
{
  static const char * const pieces[] = { [YJ_LIMIT_CHARACTERS] = "x", [YJ_LIMIT_HAN] = "画", [YJ_LIMIT_WORDS] = "word " };
  g_autoptr(GString) text = g_string_new (NULL);

  for (int i = 0; i < (int) c->bound + beyond; i++)
    g_string_append (text, pieces[c->unit]);
  yj_draft_set_value (draft, c->place, text->str);
}

static YjDraft *
make (const Case *c,
      gboolean    beyond,
      double     *value)
{
  YjModel *model = yj_catalog_find_by_id (catalog, c->model);
  YjSlotRole role = YJ_SLOT_FIRST_FRAME;
  gboolean in_slot = yj_slot_role_from_string (c->place, &role);
  YjDraft *draft;

  g_assert_nonnull (model);
  draft = new_plain_draft (model, in_slot ? (int) role : -1);
  if (c->place != NULL && role == YJ_SLOT_REFERENCE_AUDIO && in_slot)
    g_assert_cmpuint (count (draft, YJ_SLOT_REFERENCE_IMAGES), ==, 1);    /* never alone */
  if (in_slot && (role == YJ_SLOT_REFERENCE_VIDEOS || role == YJ_SLOT_REFERENCE_AUDIO) && count (draft, YJ_SLOT_REFERENCE_IMAGES) == 0)
    add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "plain");

  *value = c->bound + (beyond ? (c->side == MOST ? 1 : -1) : 0);
  if (c->unit == YJ_LIMIT_NUMBER)
    {
      g_autofree char *text = g_strdup_printf ("%d", (int) *value);

      yj_draft_set_value (draft, c->place, text);
    }
  else if (!in_slot)
    set_text (draft, c, beyond);
  else if (c->unit == YJ_LIMIT_COUNT || c->unit == YJ_LIMIT_TOTAL_BYTES || c->unit == YJ_LIMIT_TOTAL_DURATION)
    *value = set_total (draft, role, c, beyond);
  else
    *value = set_figure (add_plain (draft, role, NAME), c, beyond);
  if (c->unit == YJ_LIMIT_PIXELS && fabs (c->bound - LOW_PIXELS) < 1)
    yj_draft_set_value (draft, "resolution", "720p");
  return draft;
}

/* It is in the language of the run, all of it. */
static void
check_language (const YjProblem *problem)
{
  gboolean says = FALSE;

  g_test_message ("%s", problem->message);
  for (const char *p = problem->message; !says && *p != '\0'; p = g_utf8_next_char (p))
    says = g_utf8_get_char (p) == 0x3002;       /* the full stop of Chinese */
  g_assert_true (says == chinese);
}

/* The file, the limit and the value are in the sentence. */
static void
check_sentence (const YjProblem *problem,
                const Case      *c,
                double           value)
{
  check_language (problem);
  g_assert_cmpfloat_with_epsilon (problem->bound, c->bound, 1e-9);
  g_assert_cmpfloat_with_epsilon (problem->value, value, 1e-9);
  g_assert_nonnull (problem->source);
  if (yj_slot_role_from_string (c->place, &(YjSlotRole) { 0 }))
    {
      g_assert_nonnull (problem->file);
      assert_says (problem->message, NAME);
    }

  if (c->unit == YJ_LIMIT_BYTES || c->unit == YJ_LIMIT_TOTAL_BYTES)
    {
      gboolean binary = fmod (c->bound, MIB) == 0;
      /* number and unit are joined by a space that does not break */
      g_autofree char *limit = g_strdup_printf (chinese ? "%.1f" : binary ? "at most %.1f\302\240MiB" : "at most %.1f\302\240MB",
                                                c->bound / (binary ? MIB : MB));
      /* the round number would be the same as the limit's */
      g_autofree char *is = g_strdup_printf (chinese ? "%'.0f" : "(%.0f bytes)", value);

      assert_says (problem->message, limit);
      assert_says (problem->message, is);
    }
  else
    {
      g_autofree char *limit = g_strdup_printf ("%.10g", c->bound);
      g_autofree char *is = g_strdup_printf (c->unit == YJ_LIMIT_RATIO ? "%.2g" : "%.10g", value);

      assert_says (problem->message, limit);
      assert_says (problem->message, is);
    }
}

static void
test_figure (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GPtrArray) fine = NULL, refused = NULL;
  g_autoptr(YjDraft) at = NULL, past = NULL;
  const YjProblem *problem;
  double value;

  at = make (c, FALSE, &value);
  fine = yj_draft_validate (at);
  problem = find_problem (fine, c->unit);
  if (*problem->message != '\0' && ((int) problem->severity <= c->severity && !(c->severity == NOTE && problem->bound < c->bound)))
    g_error ("at the limit: %s", problem->message);
  /* the least side and the least number of pixels cannot both be */
  for (guint i = 0; i < fine->len && !(c->unit == YJ_LIMIT_SIDE && g_str_equal (c->place, "reference-videos")); i++)
    if (((YjProblem *) g_ptr_array_index (fine, i))->severity != NOTE)
      g_error ("at the limit: %s", ((YjProblem *) g_ptr_array_index (fine, i))->message);

  past = make (c, TRUE, &value);
  refused = yj_draft_validate (past);
  problem = find_problem (refused, c->unit);
  g_assert_cmpint ((int) problem->severity, ==, c->severity);
  check_sentence (problem, c, value);
}

/* What a clip may have depends on what the video is to be; Fix goes by that, too. */
static void
test_when (void)
{
  static const struct { const char *resolution; int width, height; guint notes, limits; int most; } looks[] = {
    { "1080p", 1280, 800, 0, 0, 0 }, { "720p", 1280, 800, 1, 0, LOW_PIXELS }, { "480p", 1280, 800, 1, 0, LOW_PIXELS },
    { "720p", 1280, 720, 0, 0, 0 }, { "1080p", 1920, 1087, 0, 1, 2073600 }, { "720p", 1920, 1087, 0, 1, LOW_PIXELS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      YjModel *model = yj_catalog_find_by_id (catalog, SEEDANCE_2_R2V);
      g_autoptr(YjDraft) draft = new_plain_draft (model, -1);
      YjDraftFile *file = add_plain (draft, YJ_SLOT_REFERENCE_VIDEOS, NAME);
      g_autoptr(GPtrArray) problems = NULL;
      g_autoptr(YjMend) mend = NULL;
      guint notes = 0, limits = 0;

      yj_draft_set_value (draft, "resolution", looks[i].resolution);
      yj_draft_file_set_facts (file, 1000000, looks[i].width, looks[i].height, 5000000000);
      problems = yj_draft_validate (draft);
      for (guint j = 0; j < problems->len; j++)
        {
          const YjProblem *problem = g_ptr_array_index (problems, j);

          if (problem->unit != YJ_LIMIT_PIXELS)
            continue;
          notes += problem->severity == NOTE;
          limits += problem->severity == LIMIT;
          if (problem->severity == NOTE)
            assert_says (problem->message, looks[i].resolution);
        }
      g_assert_cmpuint (notes, ==, looks[i].notes);
      g_assert_cmpuint (limits, ==, looks[i].limits);

      mend = yj_mend_new (draft, yj_model_find_slot (model, YJ_SLOT_REFERENCE_VIDEOS), file, NULL);
      g_assert_true ((mend != NULL) == (looks[i].most > 0));
      if (mend != NULL)
        {
          g_assert_cmpint (mend->width * mend->height, <=, looks[i].most);
          g_assert_cmpint (mend->width * mend->height, >, looks[i].most * 9 / 10);
        }
    }
}

/* Files are called by the names that people know. */
static void
assert_says_type (const char *message,
                  const char *type)
{
  static const char * const names[][2] = {
    { "image/webp", "WebP" }, { "video/webm", "WebM" }, { "video/quicktime", "MOV" }, { "audio/mpeg", "MP3" },
    { "audio/vnd.wave", "WAV" }, { "audio/x-wav", "WAV" },
  };
  g_autofree char *name = strchr (type, '/') != NULL ? g_ascii_strup (strchr (type, '/') + 1, -1) : g_strdup (type);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (type, names[i][0]))
      g_set_str (&name, names[i][1]);
  assert_says (message, name);
}

static void
test_list (gconstpointer data)
{
  const Case *c = data;
  YjModel *model = yj_catalog_find_by_id (catalog, c->model);
  g_auto(GStrv) values = g_strsplit (c->values, " ", -1);
  YjSlotRole role = YJ_SLOT_FIRST_FRAME;
  gboolean in_slot = yj_slot_role_from_string (c->place, &role);

  for (guint i = 0; i == 0 || values[i - 1] != NULL; i++)
    {
      g_autoptr(YjDraft) draft = new_plain_draft (model, in_slot && role != YJ_SLOT_REFERENCE_AUDIO ? (int) role : -1);
      const char *value = values[i] != NULL ? values[i] : c->other;
      g_autoptr(GPtrArray) problems = NULL;
      const YjProblem *problem;

      if (in_slot && role == YJ_SLOT_REFERENCE_VIDEOS && count (draft, YJ_SLOT_REFERENCE_IMAGES) == 0)
        add_plain (draft, YJ_SLOT_REFERENCE_IMAGES, "plain");
      if (in_slot)
        set_coding (draft, role, c->unit, value);
      else
        yj_draft_set_value (draft, c->place, value);
      problems = yj_draft_validate (draft);
      problem = find_problem (problems, c->unit);
      if (values[i] != NULL)
        {
          g_assert_cmpstr (problem->message, ==, "");
          continue;
        }

      check_language (problem);
      g_assert_cmpint ((int) problem->severity, ==, c->severity);
      assert_says_type (problem->message, value);
      if (c->unit == YJ_LIMIT_TYPES)
        for (guint j = 0; values[j] != NULL; j++)
          assert_says_type (problem->message, values[j]);
      if (in_slot)
        assert_says (problem->message, NAME);
    }
}

/* Types that are taken only without an alpha channel, and one of which nobody says so. */
static void
test_opaque (gconstpointer data)
{
  const Case *c = data;
  YjModel *model = yj_catalog_find_by_id (catalog, c->model);
  g_autofree char *all = g_strconcat (c->values, " ", c->other, NULL);
  g_auto(GStrv) types = g_strsplit (all, " ", -1), opaque = g_strsplit (c->values, " ", -1);
  YjSlotRole role;

  g_assert_true (yj_slot_role_from_string (c->place, &role));
  for (guint i = 0; types[i] != NULL; i++)
    for (int alpha = 0; alpha < 2; alpha++)
      {
        g_autoptr(YjDraft) draft = new_plain_draft (model, (int) role);
        YjDraftFile *file = add_plain (draft, role, NAME);
        g_autoptr(GPtrArray) problems = NULL;
        const YjProblem *problem;

        yj_draft_file_set_content_type (file, types[i]);
        yj_draft_file_set_alpha (file, alpha);
        problems = yj_draft_validate (draft);
        problem = find_problem (problems, c->unit);
        if (!alpha || !g_strv_contains ((const char * const *) opaque, types[i]))
          {
            g_assert_cmpstr (problem->message, ==, "");
            continue;
          }

        check_language (problem);
        g_assert_cmpint ((int) problem->severity, ==, c->severity);
        g_assert_true (problem->file == file && problem->can_mend);
        g_assert_nonnull (problem->source);
        assert_says (problem->message, NAME);
        assert_says_type (problem->message, types[i]);
      }
}

int
main (int   argc,
      char *argv[])
{
  chinese = yj_test_set_language (&argc, argv);
  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();
  make_cases ();

  g_test_add_func ("/limits/same", test_same);
  g_test_add_func ("/limits/when", test_when);
  for (guint i = 0; i < cases->len; i++)
    {
      const Case *c = g_ptr_array_index (cases, i);
      g_autofree char *key = dup_key (c), *path = g_strdup_printf ("/limits/%s", key);

      g_test_add_data_func (path, c, c->unit == YJ_LIMIT_OPAQUE ? test_opaque : c->values != NULL ? test_list : test_figure);
    }

  return g_test_run ();
}
