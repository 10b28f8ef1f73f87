using System.Globalization;
using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>The part of an object a Range header asks for.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Null for no range, or one S3 ignores: not in bytes, several, or malformed.</summary>
    /// <exception cref="ServiceError">InvalidRange: it begins behind the end.</exception>
    public static ByteRange? Parse(string? header, long size)
    {
        if (header?.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) != true
            || header["bytes=".Length..].Split('-') is not [var from, var to])
        {
            return null;
        }

        if (from.Length == 0)
        {
            return long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? Suffix(last, size, header)
                : null;
        }

        if (!long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var start)) return null;
        var end = size - 1;
        if (to.Length > 0)
        {
            if (!long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out end) || end < start)
            {
                return null;
            }

            end = Math.Min(end, size - 1);
        }

        return start < size ? new(start, end - start + 1) : throw NotSatisfiable(header, size);
    }

    /// <summary>One part of a multipart object, or all of another.</summary>
    /// <exception cref="ServiceError">InvalidRange, or InvalidPartNumber: there is no such part.</exception>
    public static ByteRange? OfPart(string text, string? header, IReadOnlyList<Blob> parts)
    {
        if (header is not null)
        {
            throw new ServiceError(
                "InvalidRequest", "Cannot specify both Range header and partNumber query parameter.");
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is 0 or > 10_000)
            throw S3Errors.InvalidArgument(
                "Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
        if (number > parts.Count)
        {
            throw new ServiceError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416);
        }

        var part = parts[number - 1];
        // An empty object has no byte that a range could name.
        return part.Size == 0 ? null : new(parts.Take(number - 1).Sum(before => before.Size), part.Size);
    }

    private static ByteRange Suffix(long last, long size, string header)
    {
        if (last == 0 || size == 0) throw NotSatisfiable(header, size);
        var length = Math.Min(last, size);
        return new(size - length, length);
    }

    private static ServiceError NotSatisfiable(string header, long size) =>
        new("InvalidRange", "The requested range is not satisfiable", 416)
        {
            Members = new Dictionary<string, JsonNode> { ["RangeRequested"] = header, ["ActualObjectSize"] = size },
        };
}
