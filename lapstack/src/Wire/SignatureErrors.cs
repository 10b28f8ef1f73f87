namespace Lapstack.Wire;

/// <summary>
/// What AWS answers to a signature that it does not accept: S3 in its own words, others in common ones.
/// </summary>
internal static class SignatureErrors
{
    public static ServiceError Of(SignatureFault fault, bool isPresigned, Protocol protocol) =>
        protocol == Protocol.RestXml ? OfS3(fault, isPresigned) : OfOthers(fault, protocol);

    public static ServiceError UnknownKey(Protocol protocol) => protocol switch
    {
        Protocol.RestXml =>
            new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
        Protocol.Query => new("InvalidClientTokenId", "The security token included in the request is invalid.", 403),
        _ =>
            new(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                IsJson(protocol) ? 400 : 403),
    };

    public static ServiceError ExpiredToken(Protocol protocol) => protocol switch
    {
        Protocol.RestXml => new("ExpiredToken", "The provided token has expired."),
        Protocol.Query => new("ExpiredToken", "The security token included in the request is expired", 403),
        _ =>
            new(
                "ExpiredTokenException",
                "The security token included in the request is expired",
                IsJson(protocol) ? 400 : 403),
    };

    public static ServiceError Mismatch(Protocol protocol)
    {
        const string message = "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method.";
        return protocol is Protocol.RestXml or Protocol.Query
            ? new("SignatureDoesNotMatch", message, 403)
            : new("InvalidSignatureException", message, IsJson(protocol) ? 400 : 403);
    }

    /// <summary>S3's, when x-amz-content-sha256 is neither a hash nor one of the words that stand for one.</summary>
    public static ServiceError InvalidContentHash() => new(
        "InvalidArgument",
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.");

    public static ServiceError NoContentHash() => new(
        "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");

    private static bool IsJson(Protocol protocol) => protocol is Protocol.AwsJson10 or Protocol.AwsJson11;

    // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    private static ServiceError OfS3(SignatureFault fault, bool isPresigned) => fault switch
    {
        SignatureFault.Unsupported => new(
            "InvalidRequest",
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."),
        SignatureFault.Twice => new(
            "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string " +
            "parameter "
            + "or the Authorization header should be specified"),
        SignatureFault.Expires => Query("X-Amz-Expires must be a number of seconds from 1 to 604800, which is a week"),
        SignatureFault.Date when isPresigned =>
            Query("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
        SignatureFault.Date =>
            new("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403),
        _ when isPresigned => Query(
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
            + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters."),
        _ => new(
            "AuthorizationHeaderMalformed",
            "The authorization header is malformed; it must have one Credential=KEY/DATE/REGION/SERVICE/aws4_request, "
            + "one SignedHeaders and one Signature."),
    };

    private static ServiceError Query(string message) => new("AuthorizationQueryParametersError", message);

    // https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
    private static ServiceError OfOthers(SignatureFault fault, Protocol protocol) => new(
        protocol == Protocol.Query ? "IncompleteSignature" : "IncompleteSignatureException",
        fault switch
        {
            SignatureFault.Unsupported => "Unsupported AWS 'algorithm' (only AWS4-HMAC-SHA256 for now).",
            SignatureFault.Twice =>
                "Found both a signature as query-string parameters and 'Authorization' as HTTP header.",
            SignatureFault.Date => "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601",
            SignatureFault.Expires => "X-Amz-Expires must be a number of seconds from 1 to 604800.",
            _ => "Authorization requires one 'Credential' of five slash-delimited elements, one 'SignedHeaders' "
                + "and one 'Signature' parameter.",
        });
}
