using Amazon.S3;
using Amazon.S3.Model;

namespace Jobs.Tests.EndToEnd;

internal static class ObjectTexts
{
    public static Task<PutObjectResponse> WriteTextAsync(this IAmazonS3 s3, string bucket, string key, string text) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text });

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
