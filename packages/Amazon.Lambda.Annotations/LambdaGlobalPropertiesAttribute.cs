namespace Amazon.Lambda.Annotations;

[AttributeUsage(AttributeTargets.Assembly)]
public class LambdaGlobalPropertiesAttribute : Attribute
{
    /// <summary>Generate <c>Main</c>, which runs the function that ANNOTATIONS_HANDLER names.</summary>
    public bool GenerateMain { get; set; }

    public string Runtime { get; set; }
}
