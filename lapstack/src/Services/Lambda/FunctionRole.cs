using Lapstack.Access;
using Lapstack.Wire;

namespace Lapstack.Services.Lambda;

/// <summary>Lambda acts for a function as the function's role, where the role trusts it.</summary>
internal static class FunctionRole
{
    private const string Service = "lambda.amazonaws.com";

    /// <exception cref="ServiceError">
    /// The role does not trust Lambda: a function with such a role is not made.
    /// </exception>
    public static Caller AssumeRole(this FunctionConfiguration function, IAuthorizer authorizer) =>
        authorizer.Assume(Service, function.RoleArn, function.Name, function.Arn) ?? throw new ServiceError(
            "InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda.");
}
