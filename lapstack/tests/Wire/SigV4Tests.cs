using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.Wire;

/// <summary>
/// Examples of AWS's documentation. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
/// </summary>
public sealed class SigV4Tests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Documented_signature_is_accepted_and_another_refused(string query, string signature)
    {
        Assert.True(Verify(query, signature));
        Assert.False(Verify(query, new string('0', 64)));
        Assert.False(Verify(query + "&more=1", signature));
    }

    private static bool Verify(string query, string signature)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Path = "/";
        request.QueryString = new QueryString(query);
        request.Headers.Host = "examplebucket.s3.amazonaws.com";
        request.Headers["x-amz-date"] = "20130524T000000Z";
        request.Headers["x-amz-content-sha256"] = EmptyHash;
        request.Headers.Authorization =
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature={signature}";
        return SigV4.Verify(SignatureScope.Read(request)!, Secret, request, "/", EmptyHash);
    }
}
