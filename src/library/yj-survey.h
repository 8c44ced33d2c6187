/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much lies in the library's folder, and what does not fit together there. */
#pragma once

#include "yj-library.h"
#include "yj-videos-place.h"

G_BEGIN_DECLS

typedef struct
{
  gint64     videos;            /* bytes, as all: what jobs name as their videos */
  gint64     covers;
  gint64     references;
  gint64     database;          /* with its log, and copies from before a newer schema */
  gint64     rest;              /* downloads under way, and what belongs to nothing */
  gint64     available;         /* on the disk of the videos, -1: not known */
  guint      n_videos;
  GStrv      vanished;          /* uuids of jobs that are ready and whose video is gone */
  GPtrArray *strays;            /* of GFile: in the folder of the videos, and nobody's */
  gint64     strays_size;
  YjVideosPlace *place;         /* where the videos lie */
} YjSurvey;

void      yj_survey_free              (YjSurvey             *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjSurvey, yj_survey_free)

void      yj_library_survey_async     (YjLibrary            *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
YjSurvey *yj_library_survey_finish    (YjLibrary            *self,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
