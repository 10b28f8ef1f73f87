using Amazon.S3;

namespace Jobs.Tests.EndToEnd;

internal static class ObjectTexts
{
    /// <summary>Content of an object; null when it is not there.</summary>
    public static async Task<string?> ReadTextAsync(this IAmazonS3 s3, string bucket, string key)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(bucket, key);
            using var text = new StreamReader(answer.ResponseStream);
            return await text.ReadToEndAsync();
        }
        catch (AmazonS3Exception gone) when (gone.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }
}
