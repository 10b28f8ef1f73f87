using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html</summary>
internal static class SsmErrors
{
    public static ServiceError NotFound(string name) => new("ParameterNotFound", $"Parameter {name} not found.");

    public static ServiceError VersionNotFound(ParameterId id) => new(
        "ParameterVersionNotFound",
        $"Systems Manager could not find version {id.Version} of {id.Name}. Verify the version and try again.");

    public static ServiceError AlreadyExists() => new(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    public static ServiceError Invalid(string message) => new("ValidationException", message);

    public static ServiceError Missing(string member) => Invalid(
        $"1 validation error detected: Value at '{member}' failed to satisfy constraint: Member must not be null");

    public static ServiceError InvalidToken() => new("InvalidNextToken", "The specified token is not valid.");
}
