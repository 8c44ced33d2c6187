/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the catalogue, which knows what a model takes, and the media, which knows how files are made. */
#include "yj-mend-plan.h"

/**
 * yj_mend_plan_new:
 * @mend: what is to be done
 * @background: 0xRRGGBB: under what is transparent, and of bars
 *
 * Returns: the plan; its type is that of @mend
 */
YjFixPlan
yj_mend_plan_new (const YjMend *mend,
                  guint32       background)
{
  return (YjFixPlan) {
    .content_type = mend->content_type,
    .max_bytes = mend->max_bytes,
    .crop = { mend->crop_x, mend->crop_y, mend->crop_width, mend->crop_height },
    .place = { mend->place_x, mend->place_y, mend->place_width, mend->place_height },
    .width = mend->width,
    .height = mend->height,
    .background = background,
    .frame_rate = mend->frame_rate,
    .start = mend->start,
    .length = mend->length,
  };
}

/**
 * yj_mend_plan_new_file:
 * @before: the file that was mended
 * @file: the new one
 * @info: what a look into it found
 *
 * Returns: (transfer full): the new file with its facts, called as the other
 */
YjDraftFile *
yj_mend_plan_new_file (YjDraftFile       *before,
                       GFile             *file,
                       const YjMediaInfo *info)
{
  YjDraftFile *mended = yj_draft_file_new (file, (YjMediaKind) info->kind, info->content_type);

  yj_draft_file_set_facts (mended, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_frame_rate (mended, info->frame_rate);
  yj_draft_file_set_codecs (mended, info->video_codec, info->audio_codec);
  return mended;
}
