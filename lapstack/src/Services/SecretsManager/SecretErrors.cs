using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html</summary>
internal static class SecretErrors
{
    public static ServiceError NotFound() =>
        new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public static ServiceError NoValue(string what) => new(
        "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {what}");

    public static ServiceError Exists(string message) => new("ResourceExistsException", message);

    public static ServiceError Request(string message) => new("InvalidRequestException", message);

    public static ServiceError Parameter(string message) => new("InvalidParameterException", message);

    public static ServiceError Validation(string message) => new("ValidationException", message);

    public static ServiceError InvalidToken() => new("InvalidNextTokenException", "The NextToken value is invalid.");

    public static ServiceError Deleted() => Request(
        "You can't perform this operation on the secret because it was marked for deletion.");
}
