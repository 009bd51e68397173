// Names of Tova's standard library → the runtime's helpers; data only (spec 14). The bundler adds
// to each name in snake_case its spelling in camelCase.

/** Names whose helper is the same name in camelCase. */
export const names = [
  "print to_bool type_of len is_empty",
  "range map filter reduce find find_index any all flat_map count first last take drop reversed",
  "unique compact flatten chunk zip enumerate partition group_by includes index_of",
  "sorted min max min_by max_by sum sum_by avg product is_sorted binary_search",
  "compare compare_by",
  "filled sliding_window pairwise scan combinations permutations intersperse interleave rotate",
  "repeat_value insert_at remove_at update_at zip_with frequencies",
  "intersection difference symmetric_difference union is_subset is_superset",
  "keys values entries from_entries merge pick omit map_values has_key get freeze clone",
  "upper lower trim trim_start trim_end split join replace replace_first starts_with ends_with",
  "repeat pad_start pad_end substr char_at chars words lines capitalize truncate slugify",
  "snake_case kebab_case camel_case title_case",
  "abs floor ceil round sqrt pow clamp random random_int is_nan",
  "json_parse json_stringify json_pretty",
  "now now_iso uuid sleep",
  "base64_encode base64_decode hex_encode hex_decode url_encode url_decode",
  "parse_url parse_query build_query escape_html unescape_html",
  "is_email is_url is_numeric is_uuid is_alpha is_alphanumeric is_hex",
  "assert assert_eq assert_ne",
  "mean median mode stdev variance percentile",
  "last_index_of count_of reverse_str center word_wrap dedent indent_str format_number fmt",
  "sin cos tan asin acos atan atan2 ln log2 log10 exp sign trunc hypot lerp divmod is_close",
  "to_radians to_degrees gcd lcm factorial random_float choice sample shuffle",
  "to_hex to_binary to_octal to_fixed",
  "compose pipe_fn identity memoize debounce throttle once negate partial curry flip",
  "date_parse date_format date_add date_diff date_from date_part time_ago",
  "regex_test regex_match regex_find_all regex_replace regex_split regex_capture regex_builder",
  "assert_throws assert_snapshot for_all create_spy create_mock",
  "try_fn try_async parallel race timeout retry",
  "filter_ok filter_err",
  "where select agg sort_by pivot unpivot explode drop_duplicates drop_nil fill_nil",
  "table_group_by table_join table_from_csv table_to_csv",
  "agg_sum agg_count agg_mean agg_median agg_min agg_max agg_first agg_last agg_stdev agg_variance",
  "agg_percentile agg_list agg_unique",
  "win_row_number win_rank win_dense_rank win_ntile win_lag win_lead win_first win_last",
  "win_running_sum win_running_count win_running_avg win_running_min win_running_max win_moving_avg",
  "typed_map typed_reduce typed_sum typed_add typed_sub typed_mul typed_scale typed_dot typed_norm",
  "typed_sort typed_zeros typed_ones typed_fill typed_range typed_linspace",
] as const;

/** Names whose helper is called otherwise. */
export const otherNames = {
  int: "int",
  to_int: "int",
  float: "float",
  to_float: "float",
  to_string: "asText",
  string: "asText",
  contains: "includes",
  is_finite: "finite",
  PI: "pi",
  E: "euler",
  INF: "infinity",
  Ok: "Ok",
  Err: "Err",
  Some: "Some",
  None: "None",
  Less: "Less",
  Equal: "Equal",
  Greater: "Greater",
  OrderedDict: "OrderedDict",
  DefaultDict: "DefaultDict",
  Counter: "Counter",
  Deque: "Deque",
  LRUCache: "LRUCache",
  Channel: "Channel",
  Seq: "Seq",
  iter: "Seq",
  Table: "Table",
  derive: "deriveColumns",
  limit: "limitRows",
  rename: "renameColumns",
  cast: "castColumns",
  describe: "describeTable",
  peek: "peekTable",
  lazy: "lazyTable",
  collect: "collectTable",
  read: "readTable",
  agg_avg: "aggMean",
  table_where: "where",
  table_select: "select",
  table_derive: "deriveColumns",
  table_agg: "agg",
  table_sort_by: "sortBy",
  table_limit: "limitRows",
  table_pivot: "pivot",
  table_unpivot: "unpivot",
  table_explode: "explode",
  table_drop_duplicates: "dropDuplicates",
  table_rename: "renameColumns",
  table_cast: "castColumns",
  table_drop_nil: "dropNil",
  table_fill_nil: "fillNil",
  table_describe: "describeTable",
  table_peek: "peekTable",
} as const;

/**
 * Members of the library's namespaces: a name of the library, or `member:helper`. A platform object
 * of the same name (`crypto`, `url`) keeps every other member.
 */
export const namespaces = {
  str: [
    "upper lower trim trim_start trim_end split join replace replace_first contains starts_with",
    "ends_with repeat pad_start pad_end substr char_at index_of chars words lines capitalize",
    "truncate slugify snake_case kebab_case camel_case title_case last_index_of count_of",
    "reverse_str center word_wrap dedent indent_str format_number fmt",
  ],
  arr: [
    "map filter reduce find find_index any all flat_map count first last take drop sorted reversed",
    "unique compact flatten chunk zip enumerate partition group_by includes index_of sum min max avg",
    "filled sliding_window pairwise scan combinations permutations intersperse interleave rotate",
    "insert_at remove_at update_at zip_with frequencies intersection difference union",
  ],
  math: [
    "PI E INF abs floor ceil round sqrt pow clamp random random_int is_nan sin cos tan asin acos",
    "atan atan2 ln log2 log10 exp sign trunc hypot lerp divmod is_finite is_close to_radians",
    "to_degrees gcd lcm factorial min max sum",
  ],
  json: ["parse:jsonParse stringify:jsonStringify pretty:jsonPretty"],
  url: [
    "parse:parseUrl encode:urlEncode decode:urlDecode parse_query:parseQuery build_query:buildQuery",
  ],
  dt: [
    "now now_iso parse:dateParse format:dateFormat add:dateAdd diff:dateDiff from:dateFrom",
    "part:datePart time_ago",
  ],
  re: [
    "test:regexTest match:regexMatch find_all:regexFindAll replace:regexReplace split:regexSplit",
    "capture:regexCapture builder:regexBuilder",
  ],
  collections: ["OrderedDict DefaultDict Counter Deque LRUCache Seq iter Channel"],
  cache: [
    "get:cacheGet set:cacheSet has:cacheHas delete:cacheDelete clear:cacheClear",
    "remember:cacheRemember",
  ],
  http: [
    "get:httpGet post:httpPost put:httpPut patch:httpPatch delete:httpDelete head:httpHead",
    "request:httpRequest",
  ],
  Gen: [
    "int:genInt float:genFloat bool:genBool string:genString list:genList array:genList",
    "one_of:genOneOf constant:genConstant option:genOption tuple:genTuple object:genObject",
  ],
  log: ["debug:logDebug info:logInfo warn:logWarn error:logError"],
  crypto: [
    "sha256:sha256 sha512:sha512 hmac:hmac random_bytes:randomBytes random_int:secureRandomInt",
    "hash_password:hashPassword verify_password:verifyPassword encrypt:encrypt decrypt:decrypt",
    "constant_time_equal:constantTimeEqual",
  ],
} as const;

/** Methods that only Tova has: the helper of `title_case` is `methodTitleCase`, and so on. */
export const methodNames = [
  "upper lower contains starts_with ends_with chars words lines capitalize",
  "title_case snake_case camel_case",
  "sorted reversed unique chunk flatten first last take drop compact sum min_val max_val",
  "group_by partition zip_with frequencies",
  "len is_empty any all count enumerate zip find_index flat_map min max avg",
  "pad_start pad_end trim_start trim_end index_of char_at replace_first truncate slugify kebab_case",
] as const;

/** Other spellings of these methods; strings have `startsWith` and `endsWith` themselves. */
export const methodAliases =
  "titleCase snakeCase camelCase kebabCase minVal maxVal groupBy zipWith isEmpty replaceFirst" as const;

/** Names that need a file system, processes or a terminal: no worker has them. */
export const nodeOnly = [
  "write read_text write_text read_bytes write_bytes exists ls mkdir rm cp mv cwd symlink",
  "file_size file_stat file_exists file_copy file_move file_delete",
  "path_join path_dirname path_basename path_extname path_resolve path_relative path_normalize",
  "sh exec spawn read_stdin args exit ask confirm choose progress spin panel table sqlite",
  "bar_chart line_chart pie_chart scatter_chart fs",
] as const;
