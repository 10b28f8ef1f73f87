using Jobs.Aws.Tracing;

namespace Jobs.Tests.Unit.Aws.Tracing;

public sealed class XRaySignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The signature is the one that botocore 1.x computes for the same request.</summary>
    [Fact]
    public void Signature_is_awss()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, "https://xray.eu-central-1.amazonaws.com/v1/traces");
        var signature = new XRaySignature("eu-central-1", Variable);

        signature.Sign(request, "spans"u8, Now);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260105/eu-central-1/xray/aws4_request, " +
            "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token, " +
            "Signature=1f958a7d2adda357a64e3ba7627d58def4f1a331afdbbc761a9499197e45fbe5",
            request.Headers.GetValues("Authorization").Single());
        Assert.Equal("20260105T080000Z", request.Headers.GetValues("x-amz-date").Single());
    }

    [Theory]
    [InlineData("https://xray.eu-central-1.amazonaws.com/v1/traces", true)]
    [InlineData("https://xray.cn-north-1.amazonaws.com.cn/v1/traces", true)]
    [InlineData("https://xray.eu-central-1.amazonaws.com.example.org/v1/traces", false)]
    [InlineData("http://localhost:4318/v1/traces", false)]
    public void Only_what_goes_to_X_Ray_is_signed(string endpoint, bool isSigned) =>
        Assert.Equal(isSigned, XRaySignature.Of(new Uri(endpoint)) is not null);

    [Fact]
    public void Without_credentials_it_is_said()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://xray.eu-central-1.amazonaws.com/");
        var signature = new XRaySignature("eu-central-1", _ => null);

        Assert.Throws<InvalidOperationException>(() => signature.Sign(request, "spans"u8, Now));
    }

    private static string? Variable(string name) => name switch
    {
        "AWS_ACCESS_KEY_ID" => "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY" => "wJalrXUtnFEMI",
        "AWS_SESSION_TOKEN" => "token",
        _ => null,
    };
}
