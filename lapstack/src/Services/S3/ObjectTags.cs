using System.Xml.Linq;
using Lapstack.Wire;
using Microsoft.AspNetCore.WebUtilities;

namespace Lapstack.Services.S3;

/// <summary>The tags of an object. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html</summary>
internal static class ObjectTags
{
    public const string Header = "x-amz-tagging";

    private const int Most = 10;
    private const int LongestKey = 128;
    private const int LongestValue = 256;

    /// <summary>From a header: written as a query is.</summary>
    public static Dictionary<string, string> Read(string? header) =>
        Checked(
            QueryHelpers.ParseQuery(header ?? "").SelectMany(
                pair => pair.Value.Select(value => (pair.Key, value ?? ""))));

    public static Dictionary<string, string> Read(XElement tagging) => Checked(
        (tagging.Children("TagSet").FirstOrDefault() ?? throw S3Errors.MalformedXml()).Children("Tag")
            .Select(
                tag =>
                    (
                        tag.Child("Key") ?? throw S3Errors.MalformedXml(),
                        tag.Child("Value") ?? throw S3Errors.MalformedXml())));

    public static XElement Render(IEnumerable<KeyValuePair<string, string>> tags) =>
        new(
            "TagSet",
            tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value))));

    private static Dictionary<string, string> Checked(IEnumerable<(string Key, string Value)> tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > LongestKey) throw Invalid("The TagKey you have provided is invalid");
            if (value.Length > LongestValue) throw Invalid("The TagValue you have provided is invalid");
            if (!read.TryAdd(key, value)) throw Invalid("Cannot provide multiple Tags with the same key");
        }
        return read.Count <= Most
            ? read
            : throw new ServiceError("BadRequest", $"Object tags cannot be greater than {Most}");
    }

    private static ServiceError Invalid(string message) => new("InvalidTag", message);
}
