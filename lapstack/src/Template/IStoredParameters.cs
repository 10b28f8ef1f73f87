namespace Lapstack.Template;

/// <summary>Where parameters of type <c>AWS::SSM::Parameter::Value&lt;…&gt;</c> take their values from.</summary>
public interface IStoredParameters
{
    /// <summary>Null when there is none that a template may have: a SecureString's it may not.</summary>
    /// <param name="name">The parameter's default.</param>
    string? ValueOf(string name);
}
