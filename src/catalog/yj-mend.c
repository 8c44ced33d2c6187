/* SPDX-License-Identifier: GPL-3.0-or-later */

/* YjMend: from what a slot takes and what a file is, the smallest change that makes it fit. Touches no file. */

#include "yj-mend.h"

#include <math.h>
#include <string.h>

#include "yj-check-private.h"

#define MARGIN (G_GINT64_CONSTANT (100) * 1000 * 1000)  /* ns: encoders end on whole blocks, a little later than asked */
#define LEAST_SIDE 16           /* px: what is smaller shows nothing that could be scaled */
#define LEAST_SECONDS 1         /* that others must leave before a file is shortened for their sake */
#define LEAST_BYTES 100000
#define OFF_SHAPE 0.002         /* so much may the last frame be off the shape of the first, as pixels are whole */
#define NEAR 2                  /* how many sizes below and above the wanted one are tried */
#define CD_RATE (48000 * 4)     /* bytes a second of WAV at most */

/* What a slot takes, as notes and refusals have it together. */
typedef struct
{
  YjBounds  bytes, side, short_side, pixels, ratio, frame_rate, duration, total_bytes, total_duration;
  YjLimit  *types;              /* NULL: any */
  YjLimit  *video_codecs;
  YjLimit  *audio_codecs;
  YjLimit  *opaque;
  double    shape;              /* width ÷ height; 0: as near to its own as may be */
} Want;

static void
narrow (YjBounds       *bounds,
        const YjBounds *by)
{
  bounds->minimum = MAX (bounds->minimum, by->minimum);
  bounds->maximum = MIN (bounds->maximum, by->maximum);
}

static YjBounds *
get_bounds (Want        *want,
            YjLimitUnit  unit)
{
  switch ((int) unit)
    {
    case YJ_LIMIT_BYTES:
      return &want->bytes;
    case YJ_LIMIT_SIDE:
      return &want->side;
    case YJ_LIMIT_SHORT_SIDE:
      return &want->short_side;
    case YJ_LIMIT_PIXELS:
      return &want->pixels;
    case YJ_LIMIT_RATIO:
      return &want->ratio;
    case YJ_LIMIT_FRAME_RATE:
      return &want->frame_rate;
    case YJ_LIMIT_DURATION:
      return &want->duration;
    case YJ_LIMIT_TOTAL_BYTES:
      return &want->total_bytes;
    case YJ_LIMIT_TOTAL_DURATION:
      return &want->total_duration;
    default:
      return NULL;
    }
}

static void
collect (YjDraft *draft,
         YjSlot  *slot,
         Want    *want)
{
  const YjBounds any = { -G_MAXDOUBLE, G_MAXDOUBLE };
  GPtrArray *limits = yj_slot_get_limits (slot);

  *want = (Want) { any, any, any, any, any, any, any, any, any, NULL, NULL, NULL, NULL, 0 };
  for (guint i = 0; i < limits->len; i++)
    {
      YjLimit *limit = g_ptr_array_index (limits, i);
      YjBounds *bounds = get_bounds (want, limit->unit);

      if (limit->when != NULL && (draft == NULL || !yj_check_holds (draft, limit)))
        continue;
      if (limit->unit == YJ_LIMIT_TYPES)
        want->types = limit;
      else if (limit->unit == YJ_LIMIT_VIDEO_CODEC)
        want->video_codecs = limit;
      else if (limit->unit == YJ_LIMIT_AUDIO_CODEC)
        want->audio_codecs = limit;
      else if (limit->unit == YJ_LIMIT_OPAQUE)
        want->opaque = limit;
      if (bounds == NULL)
        continue;
      narrow (bounds, &limit->loosest);
      narrow (bounds, &limit->strictest);
    }
}

/* The others in a slot. */
static void
add_up (YjDraft     *draft,
        YjSlotRole   role,
        YjDraftFile *file,
        double      *bytes,
        double      *seconds)
{
  GListModel *files = yj_draft_get_files (draft, role);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) other = g_list_model_get_item (files, i);

      if (other == file)
        continue;
      *bytes += (double) yj_draft_file_get_size (other);
      *seconds += (double) yj_draft_file_get_duration (other) / 1e9;
    }
}

static void
leave (YjBounds *bounds,
       double    maximum,
       double    taken,
       double    least)
{
  if (maximum < G_MAXDOUBLE && maximum - taken >= least)
    bounds->maximum = MIN (bounds->maximum, maximum - taken);
}

/* What the other files of the draft leave of what may come together. */
static void
leave_room (YjDraft     *draft,
            YjSlot      *slot,
            YjDraftFile *file,
            Want        *want)
{
  GPtrArray *rules = yj_model_get_rules (yj_draft_get_model (draft));
  double bytes = 0, seconds = 0;

  add_up (draft, yj_slot_get_role (slot), file, &bytes, &seconds);
  leave (&want->duration, want->total_duration.maximum, seconds, LEAST_SECONDS);
  leave (&want->bytes, want->total_bytes.maximum, bytes, LEAST_BYTES);
  for (guint i = 0; i < rules->len; i++)
    {
      YjRule *rule = g_ptr_array_index (rules, i);
      gboolean concerns = FALSE;

      bytes = 0;
      for (guint j = 0; rule->kind == YJ_RULE_TOTAL_BYTES && j < rule->roles->len; j++)
        {
          YjSlotRole role = g_array_index (rule->roles, YjSlotRole, j);

          concerns |= role == yj_slot_get_role (slot);
          add_up (draft, role, file, &bytes, &seconds);
        }
      if (concerns)
        leave (&want->bytes, MIN (rule->limit.loosest.maximum, rule->limit.strictest.maximum), bytes, LEAST_BYTES);
    }
}

/* Asks for its shape, as nearly as the whole pixels of a small picture have it. */
static void
follow_first_frame (YjDraft     *draft,
                    YjDraftFile *file,
                    Want        *want)
{
  g_autoptr(YjDraftFile) first = g_list_model_get_item (yj_draft_get_files (draft, YJ_SLOT_FIRST_FRAME), 0);
  int width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
  double shape, off;

  if (first == NULL || MIN (width, height) <= 0 || MIN (yj_draft_file_get_width (first), yj_draft_file_get_height (first)) <= 0)
    return;
  shape = (double) yj_draft_file_get_width (first) / yj_draft_file_get_height (first);
  if (yj_check_is_same_shape (shape, (double) width / height) || !yj_check_is_within (&want->ratio, shape))
    return;
  off = MAX (OFF_SHAPE, 1.0 / MIN (width, height));
  narrow (&want->ratio, &(YjBounds) { shape * (1 - off), shape * (1 + off) });
  want->shape = shape;
}

static gboolean
has (const YjLimit *limit,
     const char    *value)
{
  YjProblemSeverity severity;
  char **values;

  return limit == NULL || !yj_check_lacks (limit, value, &severity, &values);
}

/* Whether a file of @type may not shine through. */
static gboolean
is_opaque (const Want *want,
           const char *type)
{
  YjProblemSeverity severity;

  return want->opaque != NULL && yj_check_is_opaque (want->opaque, type, &severity);
}

static gboolean
takes (const Want *want,
       const char *type)
{
  return has (want->types, type);
}

/* ---- size and shape */
static gboolean
takes_size (const Want *want,
            double      width,
            double      height)
{
  double least = MIN (width, height), most = MAX (width, height);

  return least >= 1 && least >= want->side.minimum && most <= want->side.maximum &&
         yj_check_is_within (&want->short_side, least) && yj_check_is_within (&want->pixels, width * height) &&
         yj_check_is_within (&want->ratio, width / height);
}

/* The ratios that can be had within the limits: the longer side cannot be more than so many times the shorter one. */
static YjBounds
get_ratios (const Want *want)
{
  double least = MAX (want->side.minimum, want->short_side.minimum);
  YjBounds ratios = want->ratio, by;

  if (least > 0 && want->side.maximum < G_MAXDOUBLE)
    {
      by = (YjBounds) { least / want->side.maximum, want->side.maximum / least };
      narrow (&ratios, &by);
    }
  return ratios;
}

/* How much something of this size must at least, and may at most, be scaled. */
static YjBounds
get_scales (const Want *want,
            double      width,
            double      height)
{
  double least = MIN (width, height), most = MAX (width, height);
  YjBounds scales = { 0, G_MAXDOUBLE };
  YjBounds by[] = {
    { want->side.minimum / least, want->side.maximum / most },
    { want->short_side.minimum / least, want->short_side.maximum / least },
    { sqrt (MAX (want->pixels.minimum, 0) / (width * height)), sqrt (want->pixels.maximum / (width * height)) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (by); i++)
    narrow (&scales, &by[i]);
  return scales;
}

/* Whole numbers near the wanted size that are within all limits and nearest to its shape. */
static gboolean
round_size (const Want *want,
            double      width,
            double      height,
            int         step,
            YjMend     *mend)
{
  double best = G_MAXDOUBLE;

  for (int i = -NEAR; i <= NEAR; i++)
    for (int j = -NEAR; j <= NEAR; j++)
      {
        int w = (int) (round (width / step) + i) * step, h = (int) (round (height / step) + j) * step;
        double off;

        if (w < step || h < step || !takes_size (want, w, h))
          continue;
        off = fabs (log (w / width)) + fabs (log (h / height));
        if (off >= best)
          continue;
        best = off;
        mend->width = w;
        mend->height = h;
      }
  return best < G_MAXDOUBLE;
}

/* The largest part of @width × @height that has the shape of @like; @lean: -1 to 1, where it lies. */
static void
centre (int     width,
        int     height,
        int     like_width,
        int     like_height,
        int     step,
        double  lean,
        int    *x,
        int    *y,
        int    *w,
        int    *h)
{
  double ratio = (double) like_width / like_height;

  *w = width;
  *h = height;
  if (fabs ((double) width / height - ratio) > 1e-9)
    {
      if (width > height * ratio)
        *w = CLAMP ((int) round (height * ratio / step) * step, step, width);
      else
        *h = CLAMP ((int) round (width / ratio / step) * step, step, height);
    }
  *x = (int) ((width - *w) * (1 + lean) / 2 / step) * step;
  *y = (int) ((height - *h) * (1 + lean) / 2 / step) * step;
}

static gboolean
plan_size (const Want       *want,
           YjDraftFile      *file,
           const YjMendWish *wish,
           YjMend           *mend)
{
  int width = yj_draft_file_get_width (file), height = yj_draft_file_get_height (file);
  int step = mend->kind == YJ_MEDIA_KIND_VIDEO ? 2 : 1;         /* colours of a clip are stored for two pixels each way */
  double ratio = (double) width / height, wanted, scale, w = width, h = height;
  YjBounds ratios = get_ratios (want), scales;

  if (MIN (width, height) < LEAST_SIDE || ratios.minimum > ratios.maximum)
    return FALSE;

  wanted = CLAMP (want->shape > 0 ? want->shape : ratio, ratios.minimum, ratios.maximum);
  if (wanted < ratio || wanted > ratio)
    {
      mend->steps |= YJ_MEND_SHAPE;
      if ((wanted < ratio) == (wish->fit == YJ_MEND_FIT_CROP))
        w = height * wanted;
      else
        h = width / wanted;
    }
  if (MIN (w, h) < LEAST_SIDE)
    return FALSE;
  scales = get_scales (want, w, h);
  if (scales.minimum > scales.maximum * (1 + 1e-9))
    return FALSE;
  scale = CLAMP (1, scales.minimum, scales.maximum);
  if (scale < 1 || scale > 1)
    mend->steps |= scale < 1 ? YJ_MEND_SCALE_DOWN : YJ_MEND_SCALE_UP;
  if (!round_size (want, w * scale, h * scale, step, mend))
    return FALSE;

  mend->crop_width = width;
  mend->crop_height = height;
  mend->place_width = mend->width;
  mend->place_height = mend->height;
  if ((mend->steps & YJ_MEND_SHAPE) && wish->fit == YJ_MEND_FIT_PAD)
    centre (mend->width, mend->height, width, height, step, 0,
            &mend->place_x, &mend->place_y, &mend->place_width, &mend->place_height);
  else
    centre (width, height, mend->width, mend->height, 1, CLAMP (wish->lean, -1, 1),
            &mend->crop_x, &mend->crop_y, &mend->crop_width, &mend->crop_height);
  return TRUE;
}

/* In the shape of the first frame, or, where the slot does not take that, as it is. */
static gboolean
plan_last_frame (YjDraft          *draft,
                 const Want       *want,
                 YjDraftFile      *file,
                 const YjMendWish *wish,
                 YjMend           *mend)
{
  YjMendSteps steps = mend->steps;
  Want shaped = *want;

  follow_first_frame (draft, file, &shaped);
  if (plan_size (&shaped, file, wish, mend))
    return TRUE;

  mend->steps = steps;
  return plan_size (want, file, wish, mend);
}

/* ---- time */
static gboolean
plan_time (const Want       *want,
           YjDraftFile      *file,
           const YjMendWish *wish,
           YjMend           *mend)
{
  gint64 duration = yj_draft_file_get_duration (file);
  double seconds = round ((double) duration / 1e8) / 10;        /* as it is checked */
  gint64 least = (gint64) (MAX (want->duration.minimum, 0) * 1e9), most;

  if (duration <= 0)
    return want->duration.minimum <= 0 && want->duration.maximum >= G_MAXDOUBLE;
  if (seconds > want->duration.maximum)
    {
      most = (gint64) (want->duration.maximum * 1e9);
      mend->steps |= YJ_MEND_TRIM;
      mend->longest = MAX (most - MARGIN, (least + most) / 2);
      mend->shortest = MIN (MAX (least + MARGIN, LEAST_SECONDS * G_GINT64_CONSTANT (1000000000)), mend->longest);
      mend->length = wish->length > 0 ? CLAMP (wish->length, mend->shortest, mend->longest) : mend->longest;
      mend->start = CLAMP (wish->start, 0, duration - mend->length);
    }
  else if (seconds < want->duration.minimum)
    {
      if (mend->kind != YJ_MEDIA_KIND_AUDIO)
        return FALSE;           /* nothing that was not filmed can be added */
      mend->steps |= YJ_MEND_LENGTHEN;
      mend->length = least + MARGIN;
    }
  return TRUE;
}

static void
plan_frame_rate (const Want  *want,
                 YjDraftFile *file,
                 YjMend      *mend)
{
  double rate = round (yj_draft_file_get_frame_rate (file) * 10) / 10;

  if (rate <= 0 || yj_check_is_within (&want->frame_rate, rate))
    return;
  mend->steps |= YJ_MEND_FRAME_RATE;
  mend->frame_rate = rate > want->frame_rate.maximum ? floor (want->frame_rate.maximum) : ceil (want->frame_rate.minimum);
}

/* ---- type */
static const char *
choose_picture (const Want *want,
                const char *type,
                YjMend     *mend)
{
  static const char * const lossless[] = { "image/png", "image/bmp", "image/gif", "image/tiff", NULL };
  gboolean png = takes (want, "image/png"), jpeg = takes (want, "image/jpeg");
  gboolean small = (double) mend->width * mend->height * 4 < want->bytes.maximum;

  if (png && !(mend->steps & YJ_MEND_SHRINK) && g_strcmp0 (type, "image/png") == 0)
    return "image/png";
  if (png && small && (!jpeg || (type != NULL && g_strv_contains (lossless, type))))
    return "image/png";
  return jpeg ? "image/jpeg" : NULL;
}

static const char *
choose_sound (const Want *want,
              const char *type,
              YjMend     *mend)
{
  gboolean mp3 = takes (want, "audio/mpeg"), wav = takes (want, "audio/wav");
  gint64 longest = mend->length > 0 ? mend->length : 0;
  gboolean small = want->bytes.maximum >= G_MAXDOUBLE ||
                   (longest > 0 && (double) longest / 1e9 * CD_RATE < want->bytes.maximum && !(mend->steps & YJ_MEND_SHRINK));

  if (wav && small && (!mp3 || g_strcmp0 (type, "audio/wav") == 0))
    return "audio/wav";
  return mp3 ? "audio/mpeg" : NULL;
}

static const char *
choose_type (const Want *want,
             const char *type,
             YjMend     *mend)
{
  switch (mend->kind)
    {
    case YJ_MEDIA_KIND_IMAGE:
      return choose_picture (want, type, mend);
    case YJ_MEDIA_KIND_VIDEO:
      return takes (want, "video/mp4") ? "video/mp4" : NULL;
    case YJ_MEDIA_KIND_AUDIO:
      return choose_sound (want, type, mend);
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }
  return NULL;
}

/**
 * yj_mend_new:
 * @draft: (nullable): whose other files leave only a part of what the slot takes in all
 * @slot: where the file is to go
 * @file: a file whose facts are known
 * @wish: (nullable): what is chosen; moved to where it is possible
 *
 * Looks for the change that brings @file within all documented limits of @slot that concern one file, the strict ones
 * among them, so that neither a refusal nor a note stays. A last frame gets the shape of the first one of @draft.
 *
 * Returns: (transfer full) (nullable): the change; %NULL when none is needed and when none helps
 */
YjMend *
yj_mend_new (YjDraft          *draft,
             YjSlot           *slot,
             YjDraftFile      *file,
             const YjMendWish *wish)
{
  static const YjMendWish none = { YJ_MEND_FIT_CROP, 0, 0, 0 };
  g_autoptr(YjMend) mend = NULL;
  gboolean is_last;
  const char *type;
  Want want;

  g_return_val_if_fail (YJ_IS_SLOT (slot), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  if (wish == NULL)
    wish = &none;
  mend = g_new0 (YjMend, 1);
  mend->kind = yj_draft_file_get_kind (file);
  type = yj_draft_file_get_content_type (file);
  is_last = draft != NULL && yj_slot_get_role (slot) == YJ_SLOT_LAST_FRAME;
  if (mend->kind != yj_slot_get_kind (slot))
    return NULL;

  collect (draft, slot, &want);
  if (draft != NULL)
    leave_room (draft, slot, file, &want);
  if (!has (want.types, type) || !has (want.video_codecs, yj_draft_file_get_video_codec (file)) ||
      !has (want.audio_codecs, yj_draft_file_get_audio_codec (file)))
    mend->steps |= YJ_MEND_CONVERT;
  if ((double) yj_draft_file_get_size (file) > want.bytes.maximum)
    mend->steps |= YJ_MEND_SHRINK;
  if (yj_draft_file_get_alpha (file) && is_opaque (&want, type))
    mend->steps |= YJ_MEND_FLATTEN;
  if (mend->kind != YJ_MEDIA_KIND_AUDIO && !(is_last ? plan_last_frame (draft, &want, file, wish, mend) : plan_size (&want, file, wish, mend)))
    return NULL;
  if (mend->kind != YJ_MEDIA_KIND_IMAGE && !plan_time (&want, file, wish, mend))
    return NULL;
  if (mend->kind == YJ_MEDIA_KIND_VIDEO)
    plan_frame_rate (&want, file, mend);
  if (mend->steps == 0)
    return NULL;

  mend->max_bytes = want.bytes.maximum < G_MAXINT64 ? (gint64) want.bytes.maximum : 0;
  mend->content_type = choose_type (&want, type, mend);
  mend->opaque = is_opaque (&want, mend->content_type);
  if (mend->opaque && yj_draft_file_get_alpha (file))
    mend->steps |= YJ_MEND_FLATTEN;
  return mend->content_type != NULL ? g_steal_pointer (&mend) : NULL;
}

/**
 * yj_mend_free:
 * @mend: (transfer full): a mend
 */
void
yj_mend_free (YjMend *mend)
{
  g_free (mend);
}
