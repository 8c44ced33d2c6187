/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes over the wire for every model of every mode, against a table written by hand from the platform's document.
 * The models are not asked what they send: a mistake in models.json is found here.
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-test-queue.h"

typedef struct
{
  const char *model;
  const char *values;           /* what the person sets, "name=value …" */
  const char *files;            /* what is dropped: f first frame, l last frame, i picture, v clip, a sound */
  const char *request;          /* what must come out */
} Expectation;

#define JSON_TO "POST /llmage/video application/json "
#define FORM_TO "POST /llmage/video multipart/form-data "
#define PICTURE ":image/jpeg:.jpg:whole"
#define CLIP ":video/mp4:.mp4:whole"
#define SOUND ":audio/wav:.wav:whole"

/* A number without quotes is a JSON number. Lost llmids are completed by hand in the test. */
static const Expectation expectations[] = {
  { "t2v/happyhorse-1.0-t2v", "", "",
    JSON_TO "llmid=\"o5vfXYD5BURJWRTWpopE5\" model=\"happyhorse-1.0-t2v\" prompt=\"P\" resolution=\"720p\" ratio=\"adaptive\" duration=5" },
  { "t2v/happyhorse-1.0-t2v", "resolution=1080p ratio=21:9 duration=15", "",
    JSON_TO "llmid=\"o5vfXYD5BURJWRTWpopE5\" model=\"happyhorse-1.0-t2v\" prompt=\"P\" resolution=\"1080p\" ratio=\"21:9\" duration=15" },
  { "t2v/doubao-seedance-2-0-260128", "", "",
    JSON_TO "llmid=\"YjjGgxO_Xma8PWsMjJvps\" model=\"doubao-seedance-2-0-260128\" prompt=\"P\" resolution=\"720p\" ratio=\"adaptive\" duration=5" },
  { "t2v/doubao-seedance-2-0-fast-260128", "resolution=480p", "",
    JSON_TO "llmid=\"YjjGgxO_Xma8PWsMjJvps\" model=\"doubao-seedance-2-0-fast-260128\" prompt=\"P\" resolution=\"480p\" ratio=\"adaptive\" duration=5" },
  { "t2v/dreamina-seedance-2-0-260128", "", "",
    JSON_TO "llmid=\"TWay-xd0p0pkEX-_Kuhto\" model=\"dreamina-seedance-2-0-260128\" prompt=\"P\" resolution=\"720p\" ratio=\"adaptive\" duration=5" },
  { "t2v/dreamina-seedance-2-0-fast-260128", "ratio=9:16", "",
    JSON_TO "llmid=\"TWay-xd0p0pkEX-_Kuhto\" model=\"dreamina-seedance-2-0-fast-260128\" prompt=\"P\" resolution=\"720p\" ratio=\"9:16\" duration=5" },
  { "t2v/doubao-seedance-1-5-pro-251215", "radio=16:9 resolution=480p duration=5", "",
    JSON_TO "llmid=\"CrEMkFQfRCmbmopZsCqLj\" prompt=\"P\" radio=\"16:9\" resolution=\"480p\" duration=5" },
  { "t2v/doubao-seedance-1-5-pro-251215", "", "",
    JSON_TO "llmid=\"CrEMkFQfRCmbmopZsCqLj\" prompt=\"P\" resolution=\"1080p\" duration=12" },
  { "t2v/wan2.6-t2v", "", "",
    JSON_TO "llmid=\"u9HZyfDoqU6uKI6M1BTks\" model=\"wan2.6-t2v\" prompt=\"P\" size=\"1920*1080\" duration=15" },
  { "t2v/wan2.6-t2v", "negative_prompt=blur size=832*480 duration=10", "",
    JSON_TO "llmid=\"u9HZyfDoqU6uKI6M1BTks\" model=\"wan2.6-t2v\" prompt=\"P\" negative_prompt=\"blur\" size=\"832*480\" duration=10" },
  { "t2v/viduq3-pro", "", "",
    JSON_TO "llmid=\"r0ill7L0s6PtBS8mkmg-7\" prompt=\"P\" off_peak=\"N\" duration=10 ratio=\"16:9\" resolution=\"1080p\"" },
  { "t2v/viduq3-pro", "off_peak=Y duration=1 ratio=1:1 resolution=540p", "",
    JSON_TO "llmid=\"r0ill7L0s6PtBS8mkmg-7\" prompt=\"P\" off_peak=\"Y\" duration=1 ratio=\"1:1\" resolution=\"540p\"" },
  { "i2v/happyhorse-1.0-i2v", "duration=15 resolution=720P", "f",
    FORM_TO "llmid=o5vfXYD5BURJWRTWpopE5 prompt=P resolution=720P duration=15 image1_file" PICTURE },
  { "i2v/happyhorse-1.0-i2v", "", "f",
    FORM_TO "llmid=o5vfXYD5BURJWRTWpopE5 prompt=P duration=5 image1_file" PICTURE },
  { "i2v/doubao-seedance-2-0-260128", "", "fl",
    FORM_TO "llmid=LOST model=doubao-seedance-2-0-260128 prompt=P resolution=720p ratio=adaptive duration=5 image1_file" PICTURE " image2_file" PICTURE },
  { "i2v/doubao-seedance-2-0-fast-260128", "", "fl",
    FORM_TO "llmid=LOST model=doubao-seedance-2-0-fast-260128 prompt=P resolution=720p ratio=adaptive duration=5 image1_file" PICTURE " image2_file" PICTURE },
  { "i2v/wan2.6-i2v", "", "fl",
    FORM_TO "llmid=LOST prompt=P size=1920*1080 duration=15 image_file1" PICTURE " image_file2" PICTURE },
  { "i2v/wan2.6-i2v-flash", "negative_prompt=blur size=1632*1248 duration=5", "fl",
    FORM_TO "llmid=LOST prompt=P negative_prompt=blur size=1632*1248 duration=5 image_file1" PICTURE " image_file2" PICTURE },
  { "i2v/viduq3-pro", "", "fl",
    FORM_TO "llmid=LOST model=viduq3-pro prompt=P off_peak=N duration=10 ratio=16:9 resolution=1080p image_file1" PICTURE " image_file2" PICTURE },
  { "i2v/viduq2-turbo", "duration=16", "fl",
    FORM_TO "llmid=LOST model=viduq2-turbo prompt=P off_peak=N duration=16 ratio=16:9 resolution=1080p image_file1" PICTURE " image_file2" PICTURE },
  { "i2v/doubao-seedance-1-5-pro-251215", "radio=keep_ratio", "fl",
    FORM_TO "llmid=LOST prompt=P radio=keep_ratio resolution=1080p duration=12 image_file1" PICTURE " image_file2" PICTURE },
  { "i2v/doubao-seedance-1-5-pro-251215", "", "f",
    FORM_TO "llmid=LOST prompt=P resolution=1080p duration=12 image_file1" PICTURE },
  { "r2v/happyhorse-1.0-r2v", "", "iiiiiiiii",
    FORM_TO "llmid=LOST prompt=P resolution=1080p duration=12 image_files" PICTURE " image_files" PICTURE " image_files" PICTURE
            " image_files" PICTURE " image_files" PICTURE " image_files" PICTURE " image_files" PICTURE " image_files" PICTURE
            " image_files" PICTURE },
  { "r2v/doubao-seedance-2-0-260128", "ratio=4:3 resolution=720p duration=4", "ii",
    FORM_TO "llmid=dmPXF65TD1riKj9KaxLmg model=doubao-seedance-2-0-260128 prompt=P ratio=4:3 resolution=720p duration=4"
            " image_files" PICTURE " image_files" PICTURE },
  { "r2v/doubao-seedance-2-0-260128", "", "ivvaa",
    FORM_TO "llmid=dmPXF65TD1riKj9KaxLmg model=doubao-seedance-2-0-260128 prompt=P resolution=1080p duration=12 image_files" PICTURE
            " video_files" CLIP " video_files" CLIP " audio_files" SOUND " audio_files" SOUND },
};

/* ---- what was sent, in one line */

static void
describe_json (GString    *line,
               const char *text)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  json_object_iter_init_ordered (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *value = json_to_string (node, FALSE);

      g_string_append_printf (line, " %s=%s", name, value);
    }
}

static char *
dup_between (const char *text,
             const char *before,
             const char *after)
{
  const char *start = strstr (text, before);
  const char *end;

  if (start == NULL)
    return NULL;
  start += strlen (before);
  end = strstr (start, after);
  g_assert_nonnull (end);
  return g_strndup (start, end - start);
}

static GBytes *
file_for (const char *content_type)
{
  if (g_str_has_prefix (content_type, "image/"))
    return yj_test_cover ();
  return g_str_has_prefix (content_type, "video/") ? yj_test_video () : yj_test_sound ();
}

static void
describe_part (GString    *line,
               const char *head,
               const char *data,
               gsize       length)
{
  g_autofree char *name = dup_between (head, "name=\"", "\"");
  g_autofree char *file = dup_between (head, "filename=\"", "\"");
  g_autofree char *type = dup_between (head, "Content-Type: ", "\r\n");

  g_assert_nonnull (name);
  g_assert_null (strstr (head, "Content-Transfer-Encoding"));
  if (file == NULL)
    g_string_append_printf (line, " %s=%.*s", name, (int) length, data);
  else
    {
      g_autoptr(GBytes) got = g_bytes_new (data, length);
      g_autoptr(GBytes) expected = NULL;

      g_assert_nonnull (type);
      expected = file_for (type);
      g_assert_cmpuint (strcspn (file, ";\"/\\"), ==, strlen (file));
      g_string_append_printf (line, " %s:%s:%s:%s", name, type, strrchr (file, '.'),
                              g_bytes_equal (got, expected) ? "whole" : "OTHER BYTES");
    }
}

static void
describe_form (GString       *line,
               YjTestRequest *request)
{
  g_autofree char *delimiter = g_strconcat ("--", strstr (request->content_type, "boundary=") + strlen ("boundary="), NULL);
  gsize size, length = strlen (delimiter);
  const char *data = g_bytes_get_data (request->body, &size);
  const char *end = data + size;

  g_assert_true (g_str_has_prefix (data, delimiter));
  data += length;
  while (g_str_has_prefix (data, "\r\n"))
    {
      const char *body = strstr (data, "\r\n\r\n") + 4;
      g_autofree char *head = g_strndup (data, body - data);
      const char *next = memmem (body, end - body, delimiter, length);

      g_assert_nonnull (next);
      describe_part (line, head, body, next - body - 2);
      data = next + length;
    }
  g_assert_true (g_str_has_prefix (data, "--"));
}

static char *
describe (YjTestRequest *request)
{
  gsize type_length = strcspn (request->content_type, ";");
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "%s %s %.*s", request->method, request->path, (int) type_length, request->content_type);
  if (g_str_has_prefix (request->content_type, "multipart/"))
    describe_form (line, request);
  else
    {
      gsize length;
      const char *data = g_bytes_get_data (request->body, &length);
      g_autofree char *text = g_strndup (data, length);

      describe_json (line, text);
    }

  return g_string_free (line, FALSE);
}

/* ---- what is asked for */

static void
drop_files (YjDraft    *draft,
            const char *folder,
            const char *files)
{
  static const struct { char letter; YjSlotRole role; YjMediaKind kind; const char *type; const char *name; } kinds[] = {
    { 'f', YJ_SLOT_FIRST_FRAME, YJ_MEDIA_KIND_IMAGE, "image/jpeg", "first; frame.jpeg" },
    { 'l', YJ_SLOT_LAST_FRAME, YJ_MEDIA_KIND_IMAGE, "image/jpeg", "最后.JPG" },
    { 'i', YJ_SLOT_REFERENCE_IMAGES, YJ_MEDIA_KIND_IMAGE, "image/jpeg", "picture\".jpg" },
    { 'v', YJ_SLOT_REFERENCE_VIDEOS, YJ_MEDIA_KIND_VIDEO, "video/mp4", "clip" },
    { 'a', YJ_SLOT_REFERENCE_AUDIO, YJ_MEDIA_KIND_AUDIO, "audio/wav", "sound.wav" },
  };

  for (const char *p = files; *p != '\0'; p++)
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (kinds[i].letter == *p)
        {
          g_autoptr(GBytes) bytes = file_for (kinds[i].type);
          g_autofree char *path = g_build_filename (folder, kinds[i].name, NULL);
          g_autoptr(GFile) file = g_file_new_for_path (path);
          g_autoptr(YjDraftFile) attached = yj_draft_file_new (file, kinds[i].kind, kinds[i].type);

          g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
          g_assert_true (yj_draft_add_file (draft, kinds[i].role, attached));
        }
}

static void
set_values (YjDraft    *draft,
            const char *values)
{
  g_auto(GStrv) pairs = g_strsplit (values, " ", -1);

  for (guint i = 0; pairs[i] != NULL && *pairs[i] != '\0'; i++)
    {
      char *equals = strchr (pairs[i], '=');

      *equals = '\0';
      yj_draft_set_value (draft, pairs[i], equals + 1);
    }
}

static void
check (YjTestQueue       *q,
       YjTestPlatform    *server,
       const Expectation *expectation)
{
  YjModel *model = yj_catalog_find_by_id (q->catalog, expectation->model);
  g_autoptr(YjDraft) draft = NULL;
  g_autofree char *request = NULL;
  guint before = server->posts->len;

  g_assert_nonnull (model);
  if (yj_model_get_llmid (model) == NULL)
    yj_catalog_set_llmid (q->catalog, model, "LOST");
  draft = yj_test_new_draft (q->catalog, expectation->model, "P");
  set_values (draft, expectation->values);
  drop_files (draft, q->folder, expectation->files);
  yj_test_queue_add (q, draft);
  yj_test_wait (server->posts->len > before);

  request = describe (g_ptr_array_index (server->posts, before));
  g_assert_cmpstr (request, ==, expectation->request);
}

static void
test_requests (void)
{
  YjTestPlatform *server = yj_test_platform_new ();
  YjTestQueue q = { 0 };

  server->polls_to_end = G_MAXUINT;
  yj_test_queue_open (&q, server->base_url);
  g_object_set (q.queue, "keep-camera-facts", TRUE, NULL);      /* byte for byte */
  for (guint i = 0; i < G_N_ELEMENTS (expectations); i++)
    {
      g_test_message ("%s, %s", expectations[i].model, expectations[i].files);
      check (&q, server, &expectations[i]);
    }
  yj_test_queue_clear (&q);
  yj_test_platform_free (server);
}

/* No model is left out of the table. */
static void
test_every_model (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (expectations); j++)
        found |= g_strcmp0 (expectations[j].model, yj_model_get_id (model)) == 0;
      if (!found)
        g_error ("No expectation for %s", yj_model_get_id (model));
    }
}

int
main (int   argc,
      char *argv[])
{
  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire-form/every-model", test_every_model);
  g_test_add_func ("/wire-form/requests", test_requests);

  return g_test_run ();
}
