using System.Net;
using Amazon.S3;

namespace Jobs.Aws;

/// <summary>
/// Keys, prefixes and markers of a listing. A key may have characters that XML 1.0 cannot hold: S3 writes them all the
/// same, and a reader that checks refuses the whole page. That the SDK's does not check is nowhere promised, so
/// listings are asked for with <see cref="EncodingType.Url"/>, and what they answer is decoded here, because the SDK
/// does not. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
/// </summary>
public static class ListedText
{
    /// <param name="encoding">What the answer says of itself: a store that does not encode says nothing.</param>
    public static string? Decode(string? text, EncodingType? encoding) =>
        encoding == EncodingType.Url ? WebUtility.UrlDecode(text) : text;
}
