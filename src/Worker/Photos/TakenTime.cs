using System.Globalization;
using System.Text.RegularExpressions;
using MetadataExtractor.Formats.Exif;
using ExifDirectory = MetadataExtractor.Directory;

namespace Jobs.Worker.Photos;

/// <summary>
/// When a photo was taken: by the first tag that has a time, from the shutter's to the last change's.
/// </summary>
internal static partial class TakenTime
{
    private static readonly (int Time, int Offset)[] Tags =
    [
        (ExifDirectoryBase.TagDateTimeOriginal, ExifDirectoryBase.TagTimeZoneOriginal),
        (ExifDirectoryBase.TagDateTimeDigitized, ExifDirectoryBase.TagTimeZoneDigitized),
        (ExifDirectoryBase.TagDateTime, ExifDirectoryBase.TagTimeZone),
    ];

    /// <returns>ISO 8601, with the offset where one is written.</returns>
    public static string? Of(IReadOnlyList<ExifDirectory> directories) =>
        Tags.Select(tag => Read(ExifTags.Text(directories, tag.Time), ExifTags.Text(directories, tag.Offset)))
            .FirstOrDefault(time => time is not null);

    /// <summary>
    /// EXIF writes 2026:01:31 13:45:00; apps write other separators, leave seconds out, or put fractions and an offset
    /// behind. Cameras whose clock or time zone was never set write zeros or spaces.
    /// </summary>
    private static string? Read(string? text, string? offset)
    {
        if (Time().Match(text ?? "") is not { Success: true } match) return null;
        int Part(string name) =>
            int.TryParse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var written = $"{Part("year"):0000}-{Part("month"):00}-{Part("day"):00}T{Part("hour"):00}:{Part("minute"):00}:{Part("second"):00}";
        if (!DateTime.TryParseExact(written, "s", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return null;
        }

        var inline = match.Groups["offset"].Value;
        var withOffset = written + (inline.Length > 0 ? inline : offset);
        if (withOffset == written + "Z") return withOffset;
        return DateTimeOffset.TryParseExact(
            withOffset, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var known)
            ? known.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
            : written;
    }

    [GeneratedRegex(
        @"^(?<year>\d{4})[:/.-] ?(?<month>\d{1,2})[:/.-] ?(?<day>\d{1,2})[T ]+"
        + @"(?<hour>\d{1,2}): ?(?<minute>\d{1,2})(: ?(?<second>\d{1,2})([.,]\d+)?)? ?(?<offset>Z|[+-]\d\d:?\d\d)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Time();
}
